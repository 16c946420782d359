using BatchXai.Coordinator.Front;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Coordinator.Access;

/// <summary>Another's audit is not there: whatever address names an audit by its id answers as if there were none.</summary>
internal sealed class AuditGuard(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (Caller.Of(context.User) is { } caller)
        {
            foreach (var audit in Audits(context))
            {
                switch (await context.RequestServices.GetRequiredService<AuditSight>().OfAsync(caller, audit, context.RequestAborted))
                {
                    case Sight.None:
                        AccessNotes.Note(context);
                        await Refusal.NoAudit(context, audit).ExecuteAsync(context);
                        return;
                    case Sight.Seen when !ScopeRule.IsReading(context.Request):
                        await Refusal.Of(context, StatusCodes.Status403Forbidden, $"Audit {audit} is another's. Only who submitted it, or an administrator, may change it.").ExecuteAsync(context);
                        return;
                }
            }
        }

        await next(context);
    }

    /// <summary>Every parameter of a route that is a GUID is the id of an audit; a test holds all routes to that.</summary>
    private static IEnumerable<Guid> Audits(HttpContext context) =>
        from parameter in (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.Parameters ?? []
        where parameter.ParameterPolicies.Any(policy => policy.Content == "guid")
        where context.Request.RouteValues[parameter.Name] is not null
        select Guid.Parse($"{context.Request.RouteValues[parameter.Name]}");
}
