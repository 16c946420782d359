using Microsoft.Extensions.Configuration;

namespace BatchXai.Coordinator.Access;

/// <summary>Who vouches for those that have no key: an OpenID Connect issuer. Its tokens (JWT) are let in, or people sign in there, or both.</summary>
/// <param name="Authority">Who it is; its metadata say by which signatures it is known, and where people sign in.</param>
/// <param name="Audience">For whom tokens must be; null: no tokens are let in.</param>
/// <param name="Client">What this server is to it when people sign in; null: nobody signs in there.</param>
/// <param name="Roles">What its roles may do.</param>
internal sealed record IssuerOptions(Uri Authority, string? Audience, ClientOptions? Client, RoleOptions Roles)
{
    /// <summary>Name of the setting that says who it is.</summary>
    public const string AuthoritySetting = "Access:Authority";
    private const string AudienceSetting = "Access:Audience";

    /// <summary>Reads the settings; null: there is none.</summary>
    /// <param name="configuration">The settings.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static IssuerOptions? Read(IConfiguration configuration, List<string> problems)
    {
        var (authority, audience, client, before) = (configuration[AuthoritySetting], configuration[AudienceSetting], ClientOptions.Read(configuration, problems), problems.Count);
        if (string.IsNullOrWhiteSpace(authority) && string.IsNullOrWhiteSpace(audience) && client is null)
        {
            return null;
        }

        if (!Uri.TryCreate(authority, UriKind.Absolute, out var issuer) || !ListeningAddresses.IsSafe(issuer))
        {
            problems.Add($"{AuthoritySetting} is '{authority}': expected who issues tokens, such as https://login.example/realm. http is for an issuer on this machine alone: whoever changes its keys on the way could enter.");
        }

        if (string.IsNullOrWhiteSpace(audience) && client is null)
        {
            problems.Add($"{AudienceSetting} is not set: expected for whom tokens must be, such as batchxai, or {ClientOptions.IdSetting} for people who sign in, or both. Without an audience, a token for any other program of {AuthoritySetting} would open this one.");
        }

        var roles = RoleOptions.Read(configuration, problems);
        return problems.Count > before ? null : new(issuer!, string.IsNullOrWhiteSpace(audience) ? null : audience.Trim(), client, roles);
    }
}
