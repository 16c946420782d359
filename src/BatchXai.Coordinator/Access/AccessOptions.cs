using BatchXai.Contracts;
using BatchXai.Hosting.Server;
using Microsoft.Extensions.Configuration;

namespace BatchXai.Coordinator.Access;

/// <summary>Who may enter.</summary>
/// <param name="IsOpen">Whoever is at this machine may do everything: the default where nobody else can reach the server.</param>
/// <param name="Addresses">Where the server will listen.</param>
/// <param name="AdminKey">A key that needs no row in the database; null: none is set.</param>
/// <param name="Issuer">Who vouches for those without a key; null: nobody.</param>
/// <param name="PublicAddress">Where browsers find the server; null: where their requests say.</param>
/// <param name="EveryoneSeesAudits">Every caller sees every audit, not only its own. Changing one stays with its owner.</param>
/// <param name="RequestsPerMinute">Most requests of one caller, or, without a key that opens, of one address.</param>
/// <param name="LogDays">Days that the access log is kept.</param>
/// <param name="OpenMetrics">Metrics are shown without a key.</param>
internal sealed record AccessOptions(bool IsOpen, IReadOnlyList<string> Addresses, KeyText? AdminKey, IssuerOptions? Issuer, Uri? PublicAddress, bool EveryoneSeesAudits, int RequestsPerMinute, int LogDays, bool OpenMetrics)
{
    /// <summary>Name of the setting that holds a key.</summary>
    public const string AdminKeySetting = "Access:AdminKey";

    private const string Mode = "Access:Mode";
    private const string Address = "Access:PublicAddress";
    private const string Audits = "Access:AuditsVisibleTo";
    private const string Metrics = "Access:OpenMetrics";

    /// <summary>Reads the settings.</summary>
    /// <exception cref="UserErrorException">Some are wrong, or would let everybody in; all are named.</exception>
    public static AccessOptions Read(IConfiguration configuration)
    {
        List<string> problems = [];
        var addresses = ListeningAddresses.Of(configuration);
        var elsewhere = addresses.FirstOrDefault(address => !ListeningAddresses.IsLoopback(address));
        var adminText = Set(configuration[AdminKeySetting]);
        var issuer = IssuerOptions.Read(configuration, problems);
        var mode = Word(configuration, Mode, ["open", "closed"], elsewhere is null && adminText is null && issuer is null ? "open" : "closed", problems);
        if (mode == "open" && elsewhere is not null)
        {
            problems.Add($"{Mode} is 'open', and {elsewhere} can be reached from other machines: everybody there could do everything. Listen at http://127.0.0.1:5000 (ASPNETCORE_URLS), or set {Mode} to closed.");
        }

        var adminKey = KeyText.Parse(adminText);
        if (adminText is not null && adminKey is null)
        {
            // Not repeated: it may be a real one with a slip in it.
            problems.Add($"{AdminKeySetting} is no key: expected {KeyText.Prefix}admin_ and 64 letters and digits, for instance {KeyText.Prefix}admin_$(openssl rand -hex 32).");
        }

        var addressText = Set(configuration[Address]);
        Uri? address = null;
        if (addressText is not null && (!Uri.TryCreate(addressText, UriKind.Absolute, out address) || !ListeningAddresses.IsSafe(address) || address.PathAndQuery != "/"))
        {
            problems.Add($"{Address} is '{addressText}': expected where browsers find this server, such as https://batchxai.example, without a path. http is for this machine alone.");
        }

        var everyone = Word(configuration, Audits, ["owner", "everyone"], "owner", problems) == "everyone";
        var metrics = Word(configuration, Metrics, ["true", "false"], "false", problems) == "true";
        var requests = configuration.WholeNumber("Access:RequestsPerMinute", 60, 1_000_000, problems) ?? 3_000;
        var days = configuration.WholeNumber("Access:LogDays", 1, 36_500, problems) ?? 365;
        return problems.Count == 0 ? new(mode == "open", addresses, adminKey, issuer, address, everyone, requests, days, metrics) : throw new UserErrorException(problems);
    }

    private static string Word(IConfiguration configuration, string setting, string[] words, string unset, List<string> problems)
    {
        var text = Set(configuration[setting]) ?? unset;
        if (words.FirstOrDefault(word => word.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return known;
        }

        problems.Add($"{setting} is '{text}': expected {string.Join(" or ", words)}.");
        return unset;
    }

    private static string? Set(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
