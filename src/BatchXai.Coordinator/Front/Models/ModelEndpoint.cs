using BatchXai.Contracts.Audits;
using BatchXai.Coordinator.Api;
using BatchXai.Coordinator.Front.Audits;
using BatchXai.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BatchXai.Coordinator.Front.Models;

/// <summary>The page of one model: how its versions came out, one finished audit after another.</summary>
internal static class ModelEndpoint
{
    private const int Most = 100;

    public static void MapModelPage(this IEndpointRouteBuilder pages) => pages.MapGet("/models/{name}", ShowAsync).Takes();

    private static async Task<IResult> ShowAsync(string name, HttpContext context, AuditEntries entries, CancellationToken cancellationToken)
    {
        _ = Query.Read(context.Request, _ => true);
        var found = await entries.ListAsync(new(AuditState.Done, ModelIs: name, CreatedBy: Visitor.Only(context)), Most, cancellationToken);
        return found.Entries.Count == 0
            ? Refusal.Of(context, StatusCodes.Status404NotFound, $"There is no finished audit of a model called '{Shown.Text(name)}'.")
            : PageMapping.Page<ModelPage>(new Dictionary<string, object?> { [nameof(ModelPage.Trend)] = ModelTrend.Of(name, found) });
    }
}
