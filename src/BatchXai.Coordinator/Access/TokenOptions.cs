using BatchXai.Contracts;
using BatchXai.Contracts.Api;
using Microsoft.Extensions.Configuration;

namespace BatchXai.Coordinator.Access;

/// <summary>Which tokens (JWT) are let in, beside keys.</summary>
/// <param name="Authority">Who issues them; its OpenID Connect metadata say by which signatures.</param>
/// <param name="Audience">For whom they must be.</param>
/// <param name="RoleClaim">The claim that holds roles.</param>
/// <param name="Roles">What each role may do.</param>
internal sealed record TokenOptions(Uri Authority, string Audience, string RoleClaim, IReadOnlyDictionary<string, KeyScope> Roles)
{
    /// <summary>Name of the setting that says who issues tokens.</summary>
    public const string AuthoritySetting = "Access:Authority";
    private const string AudienceSetting = "Access:Audience";

    /// <summary>Reads the settings; null: no tokens are let in.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static TokenOptions? Read(IConfiguration configuration, List<string> problems)
    {
        var (authority, audience) = (configuration[AuthoritySetting], configuration[AudienceSetting]);
        if (string.IsNullOrWhiteSpace(authority) && string.IsNullOrWhiteSpace(audience))
        {
            return null;
        }

        if (!Uri.TryCreate(authority, UriKind.Absolute, out var issuer) || !IsSafe(issuer))
        {
            problems.Add($"{AuthoritySetting} is '{authority}': expected who issues tokens, such as https://login.example/realm. http is for an issuer on this machine alone: whoever changes its keys on the way could enter.");
        }

        if (string.IsNullOrWhiteSpace(audience))
        {
            problems.Add($"{AudienceSetting} is not set: expected for whom tokens must be, such as batchxai. Without it, a token for any other program of {AuthoritySetting} would open this one.");
        }

        var roles = new Dictionary<string, KeyScope>(StringComparer.Ordinal);
        foreach (var (setting, scope) in new[] { ("Access:ViewerRole", KeyScope.Viewer), ("Access:SubmitterRole", KeyScope.Submitter), ("Access:AdminRole", KeyScope.Admin) })
        {
            var role = Given(configuration[setting], $"batchxai-{scope.ToString().ToLowerInvariant()}");
            if (!roles.TryAdd(role, scope))
            {
                problems.Add($"{setting} is '{role}', as another role is. Give each scope a role of its own.");
            }
        }

        return problems.Count > 0 ? null : new(issuer!, audience!, Given(configuration["Access:RoleClaim"], "roles"), roles);
    }

    private static bool IsSafe(Uri authority) => authority.Scheme == "https" || (authority.Scheme == "http" && ListeningAddresses.IsLoopbackHost(authority.Host));

    private static string Given(string? value, string unset) => string.IsNullOrWhiteSpace(value) ? unset : value.Trim();
}
