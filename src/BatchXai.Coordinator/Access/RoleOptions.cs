using System.Security.Claims;
using BatchXai.Contracts.Api;
using Microsoft.Extensions.Configuration;

namespace BatchXai.Coordinator.Access;

/// <summary>What the issuer's roles may do here: one rule for tokens that programs send and for people who sign in.</summary>
/// <param name="Claim">The claim that holds roles.</param>
/// <param name="Scopes">What each role may do.</param>
internal sealed record RoleOptions(string Claim, IReadOnlyDictionary<string, KeyScope> Scopes)
{
    /// <summary>Where a person's name stands, the shortest first; it is shown to that person alone.</summary>
    public static readonly IReadOnlyList<string> NameClaims = ["preferred_username", "name", "email"];

    private const int LongestName = 255;

    /// <summary>Claims that hold all their words in one text (RFC 8693).</summary>
    private static readonly string[] Wordy = ["scope", "scp"];

    /// <summary>Reads the settings.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static RoleOptions Read(IConfiguration configuration, List<string> problems)
    {
        var roles = new Dictionary<string, KeyScope>(StringComparer.Ordinal);
        foreach (var (setting, scope) in new[] { ("Access:ViewerRole", KeyScope.Viewer), ("Access:SubmitterRole", KeyScope.Submitter), ("Access:AdminRole", KeyScope.Admin) })
        {
            var role = Given(configuration[setting], $"batchxai-{scope.ToString().ToLowerInvariant()}");
            if (!roles.TryAdd(role, scope))
            {
                problems.Add($"{setting} is '{role}', as another role is. Give each scope a role of its own.");
            }
        }

        return new(Given(configuration["Access:RoleClaim"], "roles"), roles);
    }

    /// <summary>Whom these claims name; null: nobody who may enter.</summary>
    public Caller? CallerOf(ClaimsPrincipal claims)
    {
        var scopes = claims.FindAll(Claim).SelectMany(role => Wordy.Contains(Claim) ? role.Value.Split(' ') : [role.Value]).Where(Scopes.ContainsKey).Select(role => Scopes[role]).ToList();
        return claims.FindFirstValue("sub") is { Length: > 0 and <= LongestName } subject && scopes.Count > 0
            ? Caller.User(subject, scopes.Max()) with { Name = NameClaims.Select(claims.FindFirstValue).FirstOrDefault(name => name is { Length: > 0 and <= LongestName }) }
            : null;
    }

    /// <summary>Why claims name nobody who may enter.</summary>
    /// <param name="what">What holds the claims.</param>
    /// <param name="authority">Who issued them.</param>
    public string Missing(string what, Uri authority) =>
        $"{what} names nobody, or none of the roles that may enter ({string.Join(", ", Scopes.Keys)}) in its claim '{Claim}'. Ask whoever gives roles at {authority.Host}.";

    private static string Given(string? value, string unset) => string.IsNullOrWhiteSpace(value) ? unset : value.Trim();
}
