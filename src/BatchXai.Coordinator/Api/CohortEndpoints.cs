using BatchXai.Contracts;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Access;
using BatchXai.Coordinator.Api.Bodies;
using BatchXai.Coordinator.Cohorts;
using BatchXai.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BatchXai.Coordinator.Api;

/// <summary>Filters over items that are kept under names.</summary>
internal static class CohortEndpoints
{
    public static void MapCohorts(this IEndpointRouteBuilder cohorts)
    {
        cohorts.MapGet("", async (HttpContext context, CancellationToken cancellationToken) => TypedResults.Ok(await Sight(context).ListAsync(cancellationToken)))
            .Produces<IReadOnlyList<CohortView>>().WithSummary("Lists the cohorts by name.");
        cohorts.MapPost("", CreateAsync).Accepts<NewCohort>("application/json").Produces<CohortView>(StatusCodes.Status201Created).Refuses(400, 413, 415)
            .WithSummary("Saves a filter over items under a name.");
        cohorts.MapDelete("/{cohort}", DeleteAsync).Produces(StatusCodes.Status204NoContent).Refuses(404)
            .WithSummary("Deletes a cohort, named by its id, or by its name if that has no slash. The items stay.");
    }

    private static CohortSight Sight(HttpContext context) => CohortSight.Of(context)!;

    private static async Task<IResult> CreateAsync(HttpContext context, AuditSight audits, CancellationToken cancellationToken)
    {
        var sight = Sight(context);
        var asked = await JsonBody.ReadAsync<NewCohort>(
            context.Request,
            async cohort =>
            {
                CohortFilter.Check(cohort);
                if (cohort.AuditId is { } audit && await audits.OfAsync(sight.Caller, audit, cancellationToken) == Access.Sight.None)
                {
                    throw new UserErrorException($"auditId: there is no audit {audit}. Leave it out for a cohort of any audit.");
                }
            },
            cancellationToken);
        var created = await sight.Store.CreateAsync(asked, sight.Caller.Subject, cancellationToken);
        AccessNotes.About(context, $"{created.Id}");
        return TypedResults.Json(created, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> DeleteAsync(string cohort, HttpContext context, CancellationToken cancellationToken)
    {
        var sight = Sight(context);
        var all = await sight.FindAsync(cohort, cancellationToken);
        if (all is [var one])
        {
            AccessNotes.About(context, $"{one.Id}");
        }

        return all switch
        {
            [var found] when !sight.Owns(found) => Problems.Of(StatusCodes.Status403Forbidden, $"Cohort '{Shown.Text(cohort)}' is another's. Only who saved it, or an administrator, may delete it."),
            [var found] when await sight.Store.DeleteAsync(found.Id, cancellationToken) => TypedResults.NoContent(),
            [_, _, ..] => Problems.Of(StatusCodes.Status400BadRequest, $"Several cohorts are called '{Shown.Text(cohort)}'. Name one by its id."),
            _ => Problems.Of(StatusCodes.Status404NotFound, $"There is no cohort '{Shown.Text(cohort)}'."),
        };
    }
}
