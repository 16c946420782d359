using BatchXai.Coordinator.Data;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Access;

/// <summary>How much of an audit a caller has.</summary>
internal enum Sight
{
    /// <summary>Nothing: there is no such audit, or it is another's. The caller cannot tell which.</summary>
    None,

    /// <summary>It may be looked at.</summary>
    Seen,

    /// <summary>It may be changed.</summary>
    Owned,
}

/// <summary>Whose audits a caller sees: its own; all of them where the server shows them to everyone, and always as an administrator.</summary>
internal sealed class AuditSight(IDbContextFactory<AuditDb> databases, AccessOptions access)
{
    /// <summary>Whose audits alone a caller sees; null: everybody's.</summary>
    public string? Only(Caller caller) => caller.Scope == Contracts.Api.KeyScope.Admin || access.EveryoneSeesAudits ? null : caller.Subject;

    /// <summary>What a caller has of an audit.</summary>
    public async Task<Sight> OfAsync(Caller caller, Guid audit, CancellationToken cancellationToken)
    {
        if (caller.Scope == Contracts.Api.KeyScope.Admin)
        {
            return Sight.Owned;
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var found = await db.Audits.Where(row => row.Id == audit).Select(row => new { row.CreatedBy }).SingleOrDefaultAsync(cancellationToken);
        return found is null ? Sight.None
            : found.CreatedBy is not null && found.CreatedBy == caller.Subject ? Sight.Owned
            : access.EveryoneSeesAudits ? Sight.Seen
            : Sight.None;
    }
}
