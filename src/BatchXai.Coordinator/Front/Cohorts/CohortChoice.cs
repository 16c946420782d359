using BatchXai.Contracts.Api;
using BatchXai.Contracts.Audits;
using BatchXai.Coordinator.Cohorts;
using BatchXai.Coordinator.Front.Items;
using BatchXai.Storage;
using Microsoft.AspNetCore.Http;

namespace BatchXai.Coordinator.Front.Cohorts;

/// <summary>The cohort that an address names, by name or id.</summary>
internal static class CohortChoice
{
    /// <summary>The parameter of addresses.</summary>
    public const string Parameter = "cohort";

    /// <summary>Reads which items of an audit an address asks for.</summary>
    public static async Task<ItemsRequest> ReadAsync(HttpContext context, ItemsAddress address, AuditRequest audit, CancellationToken cancellationToken)
    {
        if (address.Value(Parameter) is not { } text)
        {
            return ItemsRequest.Read(address, audit);
        }

        List<string> problems = [];
        return ItemsRequest.Read(address, audit, await FindAsync(CohortSight.Of(context), text, address.Audit, audit, problems, cancellationToken), problems);
    }

    /// <summary>Cohorts that can be chosen for an audit.</summary>
    public static async Task<IReadOnlyList<CohortView>> ListAsync(HttpContext context, Guid audit, CancellationToken cancellationToken) =>
        CohortSight.Of(context) is { } sight ? [.. (await sight.ListAsync(cancellationToken)).Where(cohort => cohort.AuditId is null || cohort.AuditId == audit)] : [];

    private static async Task<ChosenCohort?> FindAsync(CohortSight? sight, string text, Guid audit, AuditRequest request, List<string> problems, CancellationToken cancellationToken)
    {
        if (sight is null)
        {
            problems.Add($"{Parameter}: none are saved here. Put its filter into the address instead, such as class=cat&correct=false.");
            return null;
        }

        var found = await sight.FindAsync(text, cancellationToken);
        if (found is not [var cohort])
        {
            problems.Add(found.Count == 0 ? $"{Parameter}: there is no cohort '{Shown.Text(text)}'. {PageAddress.Cohorts} lists those there are." : $"{Parameter}: {found.Count} cohorts are called '{Shown.Text(text)}'. Name one by its id; {PageAddress.Cohorts} lists them.");
            return null;
        }

        if (cohort.AuditId is { } only && only != audit)
        {
            problems.Add($"{Parameter}: '{Shown.Text(cohort.Name)}' is for another audit, {only}.");
            return null;
        }

        var filter = ItemsAddress.Parse(audit, cohort.Filter);
        var read = ItemsRequest.Read(filter, request);
        problems.AddRange(read.Problems.Select(problem => $"{Parameter}: '{Shown.Text(cohort.Name)}' cannot be used on this audit: {problem}"));
        return read.Problems.Count == 0 ? new(cohort, filter, read.Query) : null;
    }
}
