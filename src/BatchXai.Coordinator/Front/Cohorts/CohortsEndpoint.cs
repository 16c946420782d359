using BatchXai.Coordinator.Api;
using BatchXai.Coordinator.Cohorts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Coordinator.Front.Cohorts;

/// <summary>The page of all cohorts, where there can be any.</summary>
internal static class CohortsEndpoint
{
    public static void MapCohortsPage(this IEndpointRouteBuilder pages)
    {
        if (pages.ServiceProvider.GetService<CohortStore>() is not null)
        {
            pages.MapGet(PageAddress.Cohorts, (HttpContext context, CancellationToken cancellationToken) =>
            {
                _ = Query.Read(context.Request, _ => true);
                return PageAsync(CohortSight.Of(context)!, null, [], cancellationToken);
            }).Takes();
            pages.MapPost(PageAddress.Cohorts, CohortForms.CreateAsync);
            pages.MapPost($"{PageAddress.Cohorts}/{{cohort}}/rename", CohortForms.RenameAsync);
            pages.MapPost($"{PageAddress.Cohorts}/{{cohort}}/delete", CohortForms.DeleteAsync);
        }
    }

    /// <summary>The page.</summary>
    /// <param name="sight">Who looks.</param>
    /// <param name="draft">A cohort that could not be saved as it was sent; null: none was sent.</param>
    /// <param name="problems">Why.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public static async Task<IResult> PageAsync(CohortSight sight, CohortDraft? draft, IReadOnlyList<string> problems, CancellationToken cancellationToken) => PageMapping.Page<CohortsPage>(
        new Dictionary<string, object?>
        {
            [nameof(CohortsPage.Cohorts)] = (await sight.ListAsync(cancellationToken)).Select(cohort => new ListedCohort(cohort, sight.Owns(cohort))).ToList(),
            [nameof(CohortsPage.Draft)] = draft,
            [nameof(CohortsPage.Problems)] = problems,
        },
        problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
}
