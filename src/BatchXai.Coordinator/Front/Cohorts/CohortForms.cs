using BatchXai.Contracts;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Access;
using BatchXai.Coordinator.Cohorts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace BatchXai.Coordinator.Front.Cohorts;

/// <summary>The forms that save, rename and delete cohorts.</summary>
internal static class CohortForms
{
    /// <summary>Saves the filter of a list of items, and shows the items of the cohort.</summary>
    public static Task<IResult> CreateAsync(HttpContext context, IAntiforgery antiforgery, CancellationToken cancellationToken) => OfFormAsync(context, antiforgery, async (sight, sent) =>
    {
        if (!Guid.TryParseExact(sent["audit"], "D", out var audit) || !await Visitor.SeesAsync(context, audit, cancellationToken))
        {
            return Refusal.Of(context, StatusCodes.Status404NotFound, "There is no such audit.");
        }

        var asked = new NewCohort { Name = $"{sent["name"]}".Trim(), Filter = $"{sent["filter"]}", AuditId = sent["only"] == "true" ? audit : null };
        try
        {
            var created = await sight.Store.CreateAsync(asked, sight.Caller.Subject, cancellationToken);
            AccessNotes.About(context, $"{created.Id}");
            return Results.Redirect(PageAddress.Items(audit, (CohortChoice.Parameter, $"{created.Id}")));
        }
        catch (UserErrorException bad)
        {
            return await CohortsEndpoint.PageAsync(sight, new CohortDraft(audit, asked.Filter, asked.Name, asked.AuditId is not null), bad.Problems, cancellationToken);
        }
    });

    /// <summary>Gives a cohort another name.</summary>
    public static Task<IResult> RenameAsync(string cohort, HttpContext context, IAntiforgery antiforgery, CancellationToken cancellationToken) => OfOwnAsync(cohort, context, antiforgery, async (sight, found, sent) =>
    {
        try
        {
            AccessNotes.About(context, $"{found.Id}");
            await sight.Store.RenameAsync(found.Id, $"{sent["name"]}".Trim(), cancellationToken);
            return Results.Redirect(PageAddress.Cohorts);
        }
        catch (UserErrorException bad)
        {
            return await CohortsEndpoint.PageAsync(sight, null, bad.Problems, cancellationToken);
        }
    }, cancellationToken);

    /// <summary>Deletes a cohort.</summary>
    public static Task<IResult> DeleteAsync(string cohort, HttpContext context, IAntiforgery antiforgery, CancellationToken cancellationToken) => OfOwnAsync(cohort, context, antiforgery, async (sight, found, _) =>
    {
        AccessNotes.About(context, $"{found.Id}");
        await sight.Store.DeleteAsync(found.Id, cancellationToken);
        return Results.Redirect(PageAddress.Cohorts);
    }, cancellationToken);

    private static Task<IResult> OfOwnAsync(
        string cohort, HttpContext context, IAntiforgery antiforgery, Func<CohortSight, CohortView, IFormCollection, Task<IResult>> change, CancellationToken cancellationToken) => OfFormAsync(context, antiforgery, async (sight, sent) =>
        await sight.FindAsync(cohort, cancellationToken) switch
        {
            [var found] when sight.Owns(found) => await change(sight, found, sent),
            [_] => Refusal.Of(context, StatusCodes.Status403Forbidden, "This cohort is another's. Only who saved it, or an administrator, may change it."),
            _ => Refusal.Of(context, StatusCodes.Status404NotFound, "There is no such cohort."),
        });

    private static async Task<IResult> OfFormAsync(HttpContext context, IAntiforgery antiforgery, Func<CohortSight, IFormCollection, Task<IResult>> answer)
    {
        if (SentForm.Missing(context, "/api/cohorts") is { } refusal)
        {
            return refusal;
        }

        return await antiforgery.IsRequestValidAsync(context)
            ? await answer(CohortSight.Of(context)!, await context.Request.ReadFormAsync(context.RequestAborted))
            : Refusal.Of(context, StatusCodes.Status400BadRequest, SentForm.LoadAgain);
    }
}
