using BatchXai.Coordinator.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BatchXai.Coordinator.Access;

/// <summary>Notes who asked for a change, and whom the server refused. Looking at things is not noted.</summary>
internal sealed class AccessNotes(RequestDelegate next, AccessLog log, TimeProvider clock)
{
    private static readonly object Marked = new();
    private static readonly object Named = new();
    private static readonly object OfAudit = new();

    /// <summary>Notes a request whose method and answer do not tell that it belongs here: one for another's audit, or one that let somebody in.</summary>
    public static void Note(HttpContext context) => context.Items[Marked] = true;

    /// <summary>Says what a request was about: the id of a key, a cohort or a file that is there, so that nothing is kept which a sender made up.</summary>
    public static void About(HttpContext context, string id) => context.Items[Named] = id;

    /// <summary>Says which audit a request was about, where its address does not.</summary>
    public static void About(HttpContext context, Guid audit) => context.Items[OfAudit] = audit;

    public async Task InvokeAsync(HttpContext context)
    {
        var at = clock.GetUtcNow().UtcDateTime;
        // When the answer begins: refusals of what comes after this, and errors, have their status by then.
        context.Response.OnStarting(() =>
        {
            if (!ScopeRule.IsReading(context.Request) || IsRefused(context))
            {
                log.Add(Row(context, at));
            }

            return Task.CompletedTask;
        });
        await next(context);
    }

    private static bool IsRefused(HttpContext context) =>
        context.Response.StatusCode is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status429TooManyRequests || context.Items.ContainsKey(Marked);

    private static AccessLogRow Row(HttpContext context, DateTime at)
    {
        var caller = Caller.Of(context.User);
        return new()
        {
            At = at,
            Subject = caller?.Subject,
            Credential = caller?.Credential,
            // The route, not the address: whatever stands there, a key by mistake too, is not kept.
            Action = $"{Method(context.Request.Method)} {(context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "an address that is not there"}",
            AuditId = context.Items[OfAudit] as Guid? ?? (Guid.TryParse($"{context.Request.RouteValues.GetValueOrDefault("id")}", out var audit) ? audit : null),
            About = context.Items[Named] as string,
            Outcome = context.Response.StatusCode,
            Address = context.Connection.RemoteIpAddress?.ToString(),
        };
    }

    /// <summary>Methods are what the sender calls them.</summary>
    private static string Method(string method) => HttpMethods.GetCanonicalizedValue(method) is { Length: <= 16 } known && known.All(char.IsAsciiLetterUpper) ? known : "?";
}
