using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace BatchXai.Coordinator.Tests.Access;

/// <summary>An issuer of tokens as OpenID Connect has them: it publishes its key, and signs what a test asks for.</summary>
internal sealed class TokenIssuer : IAsyncDisposable
{
    public const string Audience = "batchxai";

    private readonly RSA rsa = RSA.Create(2048);
    private readonly WebApplication app;

    private TokenIssuer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = Address, ["jwks_uri"] = $"{Address}/keys", ["id_token_signing_alg_values_supported"] = new[] { "RS256" }, ["response_types_supported"] = new[] { "code" }, ["subject_types_supported"] = new[] { "public" },
        }));
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(rsa.ExportParameters(false)) { KeyId = "k1" });
        app.MapGet("/keys", () => Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", kid = "k1", alg = "RS256", n = key.N, e = key.E } } }));
    }

    public string Address => app.Urls.Single();

    private SigningCredentials Own => new(new RsaSecurityKey(rsa) { KeyId = "k1" }, SecurityAlgorithms.RsaSha256);

    public static async Task<TokenIssuer> StartAsync()
    {
        var issuer = new TokenIssuer();
        await issuer.app.StartAsync(TestContext.Current.CancellationToken);
        return issuer;
    }

    /// <summary>The settings of a server that lets its tokens in.</summary>
    public string[] Settings => ["--Access:Mode=closed", $"--Access:Authority={Address}", $"--Access:Audience={Audience}"];

    /// <summary>A token that is good unless told otherwise.</summary>
    public string Token(string? role = "batchxai-admin", string subject = "me", string audience = Audience, string? issuer = null, int minutes = 10, SigningCredentials? signature = null)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Address,
            Audience = audience,
            NotBefore = now.AddHours(-1),
            IssuedAt = now.AddHours(-1),
            Expires = minutes == 0 ? null : now.AddMinutes(minutes),
            SigningCredentials = signature ?? Own,
            Subject = new ClaimsIdentity([new("sub", subject), .. role is null ? Array.Empty<Claim>() : [new Claim("roles", role), new Claim("roles", "something else")]]),
        });
    }

    /// <summary>What others, or slips, make of tokens: none of them may open anything. Each with what it is.</summary>
    public IEnumerable<(string What, string Token)> Forged()
    {
        using var other = RSA.Create(2048);
        var good = Token();
        yield return ("signed by another under the same name", Token(signature: new(new RsaSecurityKey(other.ExportParameters(true)) { KeyId = "k1" }, SecurityAlgorithms.RsaSha256)));
        yield return ("signed with the public key as a secret", Token(signature: new(new SymmetricSecurityKey(rsa.ExportSubjectPublicKeyInfo()) { KeyId = "k1" }, SecurityAlgorithms.HmacSha256)));
        yield return ("expired", Token(minutes: -5));
        yield return ("without an end", Token(minutes: 0));
        yield return ("for another audience", Token(audience: "another"));
        yield return ("of another issuer", Token(issuer: "http://127.0.0.1:1"));
        yield return ("without a role", Token(role: null));
        yield return ("with a role that is none here", Token(role: "admin"));
        yield return ("without a subject", Token(subject: ""));
        yield return ("without a signature", $"{Base64UrlEncoder.Encode("{\"alg\":\"none\",\"typ\":\"JWT\"}")}.{good.Split('.')[1]}.");
        yield return ("changed", $"{good.Split('.')[0]}.{Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(good.Split('.')[1]).Replace("\"me\"", "\"you\"", StringComparison.Ordinal))}.{good.Split('.')[2]}");
        yield return ("cut", good[..^10]);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        rsa.Dispose();
    }
}
