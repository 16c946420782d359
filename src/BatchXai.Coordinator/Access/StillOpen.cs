using System.Security.Claims;
using BatchXai.Coordinator.Access.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace BatchXai.Coordinator.Access;

/// <summary>Whether what let somebody in would still do so.</summary>
internal sealed class StillOpen(KeyCheck keys, TimeProvider clock)
{
    /// <summary>Whom it lets in now; null: nobody any more.</summary>
    /// <param name="who">Whom it let in.</param>
    /// <param name="ticket">What the ticket says beside that.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<Caller?> CallerAsync(ClaimsPrincipal who, AuthenticationProperties? ticket, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return Caller.Of(who) is not { } caller || ticket?.ExpiresUtc <= now || (ticket is not null && Session.Until(ticket) <= now) ? null
            : caller.Credential is not { } key ? caller
            : await keys.StillAsync(key, ticket is null ? null : Session.Mark(ticket), cancellationToken);
    }
}
