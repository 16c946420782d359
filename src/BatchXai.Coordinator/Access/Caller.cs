using System.Security.Claims;
using BatchXai.Contracts.Api;

namespace BatchXai.Coordinator.Access;

/// <summary>Who asks, and what they may do.</summary>
/// <param name="Subject">Their name, after what vouches for it: <c>key:</c> or <c>user:</c>. Null: somebody at this machine, whose server is open.</param>
/// <param name="Scope">What they may do.</param>
/// <param name="Credential">Id of the key, which may be told; null: there is none.</param>
/// <param name="Name">What the issuer calls a person, to be shown to that person; null: nothing.</param>
internal sealed record Caller(string? Subject, KeyScope Scope, string? Credential = null, string? Name = null)
{
    private const string SubjectClaim = "batchxai-subject";
    private const string ScopeClaim = "batchxai-scope";
    private const string CredentialClaim = "batchxai-credential";
    private const string NameClaim = "batchxai-name";

    /// <summary>Whoever uses an open server.</summary>
    public static Caller Anybody { get; } = new(null, KeyScope.Admin);

    /// <summary>Who holds a key of this name.</summary>
    public static Caller Holder(string name, KeyScope scope, string id) => new($"key:{name}", scope, id);

    /// <summary>Whom the issuer of tokens calls so.</summary>
    public static Caller User(string subject, KeyScope scope) => new($"user:{subject}", scope);

    /// <summary>Who it was that a request came from; null: nobody that is known.</summary>
    public static Caller? Of(ClaimsPrincipal user) =>
        Enum.TryParse<KeyScope>(user.FindFirstValue(ScopeClaim), out var scope) ? new(user.FindFirstValue(SubjectClaim), scope, user.FindFirstValue(CredentialClaim), user.FindFirstValue(NameClaim)) : null;

    /// <summary>The same for ASP.NET Core.</summary>
    public ClaimsPrincipal ToPrincipal(string scheme)
    {
        var identity = new ClaimsIdentity(scheme, SubjectClaim, ScopeClaim);
        identity.AddClaim(new(ScopeClaim, $"{Scope}"));
        foreach (var (claim, value) in new[] { (SubjectClaim, Subject), (CredentialClaim, Credential), (NameClaim, Name) })
        {
            if (value is not null)
            {
                identity.AddClaim(new(claim, value));
            }
        }

        return new(identity);
    }
}
