using System.Net;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BatchXai.Coordinator.Access;

/// <summary>
/// Lets in whoever is at this machine. Whatever the settings say, nobody else: and no page of another site either, which could name itself a
/// name of its own that means this machine and read along in a visitor's browser.
/// </summary>
internal sealed class OpenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string SchemeName = "open";

    // A socket of the file system has no address; who may use it says the file system.
    private bool IsFromHere => Context.Connection.RemoteIpAddress is not { } from || IPAddress.IsLoopback(from);

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
        !IsFromHere ? AuthenticateResult.Fail("This server is open to its own machine only.")
        : !ListeningAddresses.IsLoopbackHost(Request.Host.Host) ? AuthenticateResult.Fail("This server is open to its own machine only: ask it as localhost or 127.0.0.1.")
        : AuthenticateResult.Success(new(Caller.Anybody.ToPrincipal(SchemeName), SchemeName)));
}
