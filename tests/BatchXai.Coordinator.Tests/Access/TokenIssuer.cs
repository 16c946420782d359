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
            ["issuer"] = Address, ["jwks_uri"] = $"{Address}/keys", ["authorization_endpoint"] = $"{Address}/auth", ["token_endpoint"] = $"{Address}/token", ["id_token_signing_alg_values_supported"] = new[] { "RS256" }, ["response_types_supported"] = new[] { "code" }, ["subject_types_supported"] = new[] { "public" },
        }));
        app.MapPost("/token", async (HttpRequest request) =>
        {
            Redeemed = (await request.ReadFormAsync()).ToDictionary(field => field.Key, field => $"{field.Value}");
            return Results.Json(new { access_token = "nothing", token_type = "Bearer", expires_in = 60, id_token = IdToken });
        });
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(rsa.ExportParameters(false)) { KeyId = "k1" });
        app.MapGet("/keys", () => Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", kid = "k1", alg = "RS256", n = key.N, e = key.E } } }));
    }

    public string Address => app.Urls.Single();

    /// <summary>What whoever brings a code is told about who signed in.</summary>
    public string IdToken { get; set; } = "";

    /// <summary>What came with the last code.</summary>
    public IReadOnlyDictionary<string, string> Redeemed { get; private set; } = new Dictionary<string, string>();

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
    public string Token(string? role = "batchxai-admin", string subject = "me", string audience = Audience, string? issuer = null, int minutes = 10, SigningCredentials? signature = null, string? nonce = null)
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
            Subject = new ClaimsIdentity([new("sub", subject), .. nonce is null ? Array.Empty<Claim>() : [new Claim("nonce", nonce)], .. role is null ? Array.Empty<Claim>() : [new Claim("roles", role), new Claim("roles", "something else")]]),
        });
    }

    /// <summary>What others, or slips, make of tokens: none of them may open anything. Each with what it is.</summary>
    /// <param name="nonce">What each says that it answers.</param>
    public IEnumerable<(string What, string Token)> Forged(string? nonce = null)
    {
        using var other = RSA.Create(2048);
        var good = Token(nonce: nonce);
        yield return ("signed by another under the same name", Token(nonce: nonce, signature: new(new RsaSecurityKey(other.ExportParameters(true)) { KeyId = "k1" }, SecurityAlgorithms.RsaSha256)));
        yield return ("signed with the public key as a secret", Token(nonce: nonce, signature: new(new SymmetricSecurityKey(rsa.ExportSubjectPublicKeyInfo()) { KeyId = "k1" }, SecurityAlgorithms.HmacSha256)));
        yield return ("expired", Token(nonce: nonce, minutes: -5));
        yield return ("without an end", Token(nonce: nonce, minutes: 0));
        yield return ("for another audience", Token(nonce: nonce, audience: "another"));
        yield return ("of another issuer", Token(nonce: nonce, issuer: "http://127.0.0.1:1"));
        yield return ("without a role", Token(nonce: nonce, role: null));
        yield return ("with a role that is none here", Token(nonce: nonce, role: "admin"));
        yield return ("without a subject", Token(nonce: nonce, subject: ""));
        yield return ("without a signature", $"{Base64UrlEncoder.Encode("{\"alg\":\"none\",\"typ\":\"JWT\"}")}.{good.Split('.')[1]}.");
        yield return ("with its signature cut off", good[..(good.LastIndexOf('.') + 1)]);
        yield return ("changed", $"{good.Split('.')[0]}.{Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(good.Split('.')[1]).Replace("\"me\"", "\"you\"", StringComparison.Ordinal))}.{good.Split('.')[2]}");
        yield return ("cut", good[..^10]);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        rsa.Dispose();
    }
}
