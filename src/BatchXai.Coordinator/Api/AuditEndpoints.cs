using BatchXai.Contracts;
using BatchXai.Contracts.Api;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Access;
using BatchXai.Coordinator.Api.Bodies;
using BatchXai.Coordinator.Submit;
using BatchXai.Coordinator.Watch;
using BatchXai.Hosting.Telemetry;
using BatchXai.Storage.Locations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BatchXai.Coordinator.Api;

/// <summary>Audits: submit, list, look at.</summary>
internal static class AuditEndpoints
{
    private const int MaxKey = 200;
    private const string KeyHeader = "Idempotency-Key";

    public static void MapAudits(this IEndpointRouteBuilder audits)
    {
        audits.MapPost("", SubmitAsync).Accepts<AuditRequest>("application/json").Produces<AuditView>(StatusCodes.Status202Accepted).Refuses(400, 409, 413, 415)
            .WithHeader(KeyHeader, "A name for this submission, 1 to 200 visible ASCII characters: the same again answers the same audit.")
            .WithSummary("Submits an audit.");
        audits.MapGet("", ListAsync).WithQuery("state", "name", "limit", "before").Produces<AuditList>().Refuses(400)
            .WithSummary("Lists audits, newest first.");
        audits.MapGet("/{id:guid}", FindAsync).Produces<AuditView>().Refuses(404)
            .WithSummary("Says where an audit stands.");
        audits.MapGet("/{id:guid}/shards", ShardsAsync).WithQuery("state", "limit", "after").Produces<ShardList>().Refuses(400, 404)
            .WithSummary("Lists an audit's shards, by number.");
    }

    private static async Task<IResult> SubmitAsync(HttpRequest request, AuditSubmission submission, AuditViews views, SourceLocations locations, CancellationToken cancellationToken)
    {
        var body = await JsonBody.ReadAsync<AuditRequest>(request, audit => CheckAsync(request, audit, locations, cancellationToken), cancellationToken);
        var prepared = await PreparedAudit.MakeAsync(body, locations, cancellationToken) with { CreatedBy = Caller.Of(request.HttpContext.User)?.Subject };
        var id = await submission.SubmitAsync(prepared, request.Headers[KeyHeader].FirstOrDefault(), AuditTrace.Current, cancellationToken);
        AccessNotes.About(request.HttpContext, id);
        return TypedResults.Accepted($"/api/audits/{id}", await views.FindAsync(id, null, cancellationToken));
    }

    private static async Task<IResult> ListAsync(HttpRequest request, AuditViews views, AuditSight sight, CancellationToken cancellationToken)
    {
        var (state, name, before, limit) = Query.Read(request, query => (query.Word<AuditState>("state"), query.Text("name"), query.Id("before"), query.Limit()));
        return TypedResults.Ok(await views.ListAsync(sight.Only(Caller.Of(request.HttpContext.User)!), state, name, before, limit, cancellationToken));
    }

    private static async Task<IResult> FindAsync(Guid id, AuditViews views, CancellationToken cancellationToken) =>
        await views.FindAsync(id, null, cancellationToken) is { } audit ? TypedResults.Ok(audit) : Problems.NoAudit(id);

    private static async Task<IResult> ShardsAsync(Guid id, HttpRequest request, AuditViews views, CancellationToken cancellationToken)
    {
        var (state, after, limit) = Query.Read(request, query => (query.Word<ShardState>("state"), query.Number("after", 0, int.MaxValue), query.Limit()));
        return await views.StateAsync(id, cancellationToken) is null ? Problems.NoAudit(id) : TypedResults.Ok(await views.ShardsAsync(id, state, after, limit, cancellationToken));
    }

    private static async Task CheckAsync(HttpRequest request, AuditRequest audit, SourceLocations locations, CancellationToken cancellationToken)
    {
        List<string> problems = [];
        if (request.Headers[KeyHeader] is { Count: > 0 } keys && (keys is not [{ Length: > 0 and <= MaxKey } key] || !key.All(letter => letter is > ' ' and <= '~')))
        {
            problems.Add($"{KeyHeader}: expected one key of 1 to {MaxKey} letters, digits and signs without spaces.");
        }

        try
        {
            await AuditRequestCheck.CheckedAsync(audit, locations, cancellationToken);
        }
        catch (UserErrorException bad)
        {
            problems.AddRange(bad.Problems);
        }

        if (problems.Count > 0)
        {
            throw new UserErrorException(problems);
        }
    }
}
