using System.Text.Encodings.Web;
using BatchXai.Coordinator.Access.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace BatchXai.Coordinator.Access;

/// <summary>
/// Lets in who sends a key, as <c>Authorization: Bearer</c> or <c>X-Api-Key</c>: programs do. Never from the address: addresses end up in logs. People enter
/// theirs on a page, once (<see cref="Session"/>).
/// </summary>
internal sealed class KeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KeyCheck keys) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string SchemeName = "key";

    private const string Bearer = "Bearer ";
    private const string KeyHeader = "X-Api-Key";

    /// <summary>The key or token in a request's headers; null: none was sent.</summary>
    public static string? SentWith(HttpRequest request) =>
        request.Headers[KeyHeader] is [{ Length: > 0 } key] ? key
        : request.Headers.Authorization is [{ } given] && given.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? given[Bearer.Length..].Trim()
        : null;

    /// <summary>Says how a program is let in.</summary>
    public static void Ask(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status401Unauthorized;
        response.Headers.Append(HeaderNames.WWWAuthenticate, "Bearer");
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (SentWith(Request) is not { } sent)
        {
            return AuthenticateResult.NoResult();
        }

        var (caller, problem) = await keys.TryAsync(sent, Context.RequestAborted);
        return caller is null ? AuthenticateResult.Fail(problem!) : AuthenticateResult.Success(new(caller.ToPrincipal(SchemeName), Session.OfRequest(KeyText.Parse(sent)!.Mark), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Ask(Response);
        return Task.CompletedTask;
    }
}
