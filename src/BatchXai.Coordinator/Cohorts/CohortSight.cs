using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Coordinator.Cohorts;

/// <summary>What a caller has of cohorts: its own; those of others where it sees their audits too. Where none can be saved there are none.</summary>
/// <param name="Store">The cohorts.</param>
/// <param name="Caller">Who asks.</param>
/// <param name="Only">Whose cohorts alone are seen; null: everybody's.</param>
internal sealed record CohortSight(CohortStore Store, Caller Caller, string? Only)
{
    /// <summary>Whether the caller may save any.</summary>
    public bool CanSave => Caller.Scope >= KeyScope.Submitter;

    /// <summary>Null: there are no cohorts here.</summary>
    public static CohortSight? Of(HttpContext context)
    {
        if (context.RequestServices.GetService<CohortStore>() is not { } store)
        {
            return null;
        }

        // Pages of a machine ask nobody who it is.
        return context.RequestServices.GetService<AuditSight>() is not { } audits ? new(store, Caller.Anybody, null)
            : Caller.Of(context.User) is { } caller ? new(store, caller, audits.Only(caller)) : null;
    }

    /// <summary>Whether the caller may rename or delete a cohort.</summary>
    public bool Owns(CohortView cohort) => CanSave && (Caller.Scope == KeyScope.Admin || cohort.CreatedBy == Caller.Subject);

    /// <summary>All that the caller sees, by name.</summary>
    public Task<IReadOnlyList<CohortView>> ListAsync(CancellationToken cancellationToken) => Store.ListAsync(Only, cancellationToken);

    /// <summary>What a name or an id may mean to the caller.</summary>
    public Task<IReadOnlyList<CohortView>> FindAsync(string text, CancellationToken cancellationToken) => Store.FindAsync(text, Caller.Subject, Only, cancellationToken);
}
