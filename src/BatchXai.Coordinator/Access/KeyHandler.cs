using System.Text;
using System.Text.Encodings.Web;
using BatchXai.Contracts.Api;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace BatchXai.Coordinator.Access;

/// <summary>
/// Lets in who sends a key: programs as <c>Authorization: Bearer</c> or <c>X-Api-Key</c>, browsers as the password that they ask for themselves
/// (<c>Authorization: Basic</c>, RFC 7617; the name with it does not matter). Never from the address: addresses end up in logs.
/// </summary>
internal sealed class KeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeys keys, AccessOptions access, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string SchemeName = "key";

    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";
    private const string KeyHeader = "X-Api-Key";
    private const string Unknown = "This key is not known here. Ask an administrator of this server for one.";

    /// <summary>The key or token in a request's headers; null: none was sent.</summary>
    public static string? SentWith(HttpRequest request) =>
        request.Headers[KeyHeader] is [{ Length: > 0 } key] ? key
        : request.Headers.Authorization is not [{ } given] ? null
        : given.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? given[Bearer.Length..].Trim()
        : given.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) ? Password(given[Basic.Length..].Trim())
        : null;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (SentWith(Request) is not { } sent)
        {
            return AuthenticateResult.NoResult();
        }

        if (KeyText.Parse(sent) is not { } text)
        {
            return AuthenticateResult.Fail(Unknown);
        }

        if (access.AdminKey is { } admin && text.Id == admin.Id)
        {
            return text.Has(admin.Hash) ? Entered(Caller.Holder(admin.Id, KeyScope.Admin, admin.Id)) : AuthenticateResult.Fail(Unknown);
        }

        return await keys.FindAsync(text, Context.RequestAborted) switch
        {
            null => AuthenticateResult.Fail(Unknown),
            // Who has the secret may know why it does not open any more.
            { RevokedAt: not null } key => AuthenticateResult.Fail($"Key {key.Id} was revoked. Ask an administrator of this server for another."),
            { ExpiresAt: { } end } key when end <= clock.GetUtcNow() => AuthenticateResult.Fail($"Key {key.Id} has expired. Ask an administrator of this server for another."),
            var key => Entered(Caller.Holder(key.Name, key.Scope, key.Id)),
        };
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await base.HandleChallengeAsync(properties);
        Response.Headers.Append(HeaderNames.WWWAuthenticate, "Bearer");
        if (IsVisit(Request))
        {
            Response.Headers.Append(HeaderNames.WWWAuthenticate, "Basic realm=\"BatchXai: any name, and your key as the password\", charset=\"UTF-8\"");
        }
    }

    /// <summary>A person at a browser, who can be asked for a key.</summary>
    private static bool IsVisit(HttpRequest request) => HttpMethods.IsGet(request.Method) && $"{request.Headers.Accept}".Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static string? Password(string encoded)
    {
        Span<byte> bytes = stackalloc byte[512];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
        {
            return null;
        }

        var pair = Encoding.UTF8.GetString(bytes[..length]);
        return pair.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? pair[(colon + 1)..] : null;
    }

    private static AuthenticateResult Entered(Caller caller) => AuthenticateResult.Success(new(caller.ToPrincipal(SchemeName), SchemeName));
}
