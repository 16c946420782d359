using BatchXai.Contracts;
using BatchXai.Coordinator.Access;
using BatchXai.Coordinator.Api;
using BatchXai.Coordinator.Front.Pages;
using BatchXai.Coordinator.Front.Places;
using BatchXai.Coordinator.Submit;
using BatchXai.Hosting.Telemetry;
using BatchXai.Storage.Locations;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Coordinator.Front.Submit;

/// <summary>The form that starts an audit, where audits can be started: otherwise the page says how else.</summary>
internal static class SubmitEndpoint
{
    /// <summary>Names the submission, so that a form that is sent twice starts one audit.</summary>
    private const string Key = "submission";

    public static void MapSubmitPage(this IEndpointRouteBuilder pages)
    {
        var starts = pages.ServiceProvider.GetService<AuditSubmission>() is not null;
        pages.MapGet(PageAddress.Submit, (HttpContext context, IAuditPlaces places) =>
        {
            _ = Query.Read(context.Request, _ => true);
            return starts ? Form(SubmitFields.All.ToDictionary(field => field.Name, field => (IReadOnlyList<string>)[field.Default]), [], StatusCodes.Status200OK)
                : PageMapping.Page<NoSubmitPage>(new Dictionary<string, object?> { [nameof(NoSubmitPage.FirstStep)] = places.FirstStep });
        }).Takes();
        if (starts)
        {
            pages.MapPost(PageAddress.Submit, SubmitAsync);
        }
    }

    private static async Task<IResult> SubmitAsync(HttpContext context, IAntiforgery antiforgery, AuditSubmission submission, SourceLocations locations, CancellationToken cancellationToken)
    {
        if (SentForm.Missing(context, "POST /api/audits") is { } refusal)
        {
            return refusal;
        }

        var sent = await context.Request.ReadFormAsync(cancellationToken);
        var typed = SubmitFields.All.ToDictionary(field => field.Name, field => (IReadOnlyList<string>)[.. sent[field.Name].OfType<string>()]);
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Form(typed, [SentForm.SendAgain], StatusCodes.Status400BadRequest);
        }

        var form = new SubmittedForm(typed);
        var request = form.Request();
        try
        {
            var prepared = form.Problems.Count == 0 ? await PreparedAudit.MakeAsync(request, locations, cancellationToken) with { CreatedBy = Visitor.Subject(context) } : null;
            if (prepared is not null)
            {
                var id = await submission.SubmitAsync(prepared, KeyOf(sent[Key]), AuditTrace.Current, cancellationToken);
                AccessNotes.About(context, id);
                return Results.Redirect(PageAddress.Audit(id));
            }

            await AuditRequestCheck.CheckedAsync(request, locations, cancellationToken);
        }
        catch (UserErrorException bad)
        {
            return Form(typed, [.. form.Problems, .. bad.Problems], StatusCodes.Status400BadRequest);
        }
        catch (IdempotencyConflictException)
        {
            return Form(typed, ["This form has started another audit already. To start one more, send it again."], StatusCodes.Status409Conflict);
        }

        return Form(typed, form.Problems, StatusCodes.Status400BadRequest);
    }

    /// <summary>A name that somebody else made could be that of somebody else's submission.</summary>
    private static string? KeyOf(string? sent) => Guid.TryParseExact(sent, "N", out var key) ? $"form-{key:N}" : null;

    private static IResult Form(IReadOnlyDictionary<string, IReadOnlyList<string>> typed, IReadOnlyList<string> problems, int status) => PageMapping.Page<SubmitPage>(
        new Dictionary<string, object?>
        {
            [nameof(SubmitPage.Typed)] = typed,
            [nameof(SubmitPage.Problems)] = problems,
            [nameof(SubmitPage.Submission)] = Guid.NewGuid().ToString("N"),
        },
        status);
}
