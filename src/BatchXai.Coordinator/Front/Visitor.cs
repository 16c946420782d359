using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Coordinator.Front;

/// <summary>Whose audits a visitor of the pages sees. Addresses that name an audit are guarded before; this is for lists, and for what names audits otherwise.</summary>
internal static class Visitor
{
    /// <summary>Whose audits alone are shown; null: everybody's, as on a machine whose pages only its owner can reach.</summary>
    public static string? Only(HttpContext context) => SightOf(context) is { } sight ? sight.Only(CallerOf(context)) : null;

    /// <summary>Whether an audit may be looked at.</summary>
    public static async Task<bool> SeesAsync(HttpContext context, Guid audit, CancellationToken cancellationToken) =>
        SightOf(context) is not { } sight || await sight.OfAsync(CallerOf(context), audit, cancellationToken) != Sight.None;

    /// <summary>Whether what is said of an audit is taken from this visitor.</summary>
    public static async Task<bool> MayChangeAsync(HttpContext context, Guid audit, CancellationToken cancellationToken) =>
        SightOf(context) is not { } sight || (CallerOf(context) is { Scope: >= KeyScope.Submitter } caller && await sight.OfAsync(caller, audit, cancellationToken) == Sight.Owned);

    /// <summary>Who it is; null: somebody at an open server.</summary>
    public static string? Subject(HttpContext context) => Caller.Of(context.User)?.Subject;

    private static AuditSight? SightOf(HttpContext context) => context.RequestServices.GetService<AuditSight>();

    private static Caller CallerOf(HttpContext context) => Caller.Of(context.User) ?? throw new InvalidOperationException("Nobody comes here without having been let in.");
}
