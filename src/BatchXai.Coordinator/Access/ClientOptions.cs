using Microsoft.Extensions.Configuration;

namespace BatchXai.Coordinator.Access;

/// <summary>What this server is to the issuer at which people sign in.</summary>
/// <param name="Id">The name that the issuer knows it by.</param>
/// <param name="Secret">What it shares with the issuer; null: nothing, and the proof of RFC 7636 (PKCE) alone stands for it.</param>
/// <param name="Scopes">What it asks the issuer to tell.</param>
internal sealed record ClientOptions(string Id, string? Secret, IReadOnlyList<string> Scopes)
{
    /// <summary>Name of the setting that holds the name.</summary>
    public const string IdSetting = "Access:ClientId";

    private const string SecretSetting = "Access:ClientSecret";
    private const string ScopesSetting = "Access:SignInScopes";

    /// <summary>Reads the settings; null: nobody signs in.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static ClientOptions? Read(IConfiguration configuration, List<string> problems)
    {
        var (id, secret, scopes) = (configuration[IdSetting]?.Trim(), configuration[SecretSetting], configuration[ScopesSetting]);
        if (string.IsNullOrEmpty(id))
        {
            problems.AddRange(new[] { (SecretSetting, secret), (ScopesSetting, scopes) }.Where(setting => !string.IsNullOrWhiteSpace(setting.Item2))
                .Select(setting => $"{setting.Item1} is set and {IdSetting} is not: expected the name that the issuer knows this server by."));
            return null;
        }

        var asked = (string.IsNullOrWhiteSpace(scopes) ? "openid profile" : scopes).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (!asked.Contains("openid"))
        {
            problems.Add($"{ScopesSetting} is '{scopes}': expected words with blanks between them, openid among them.");
        }

        return new(id, string.IsNullOrWhiteSpace(secret) ? null : secret, asked);
    }
}
