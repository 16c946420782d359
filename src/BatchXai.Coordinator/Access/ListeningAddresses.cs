using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace BatchXai.Coordinator.Access;

/// <summary>Where a server will listen, as ASP.NET Core reads it: Kestrel's endpoints, else addresses, else ports.</summary>
internal static class ListeningAddresses
{
    /// <summary>The addresses; none where nothing is set.</summary>
    public static IReadOnlyList<string> Of(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>().ToList();
        return endpoints.Count > 0 ? endpoints
            : Listed(configuration["urls"]) is { Count: > 0 } addresses ? addresses
            : [.. Listed(configuration["http_ports"]).Select(port => $"http://*:{port}"), .. Listed(configuration["https_ports"]).Select(port => $"https://*:{port}")];
    }

    /// <summary>Whether only this machine reaches an address. A name other than localhost makes Kestrel listen everywhere.</summary>
    public static bool IsLoopback(string address)
    {
        try
        {
            var binding = BindingAddress.Parse(address);
            return binding.IsUnixPipe || IsLoopbackHost(binding.Host);
        }
        catch (FormatException)
        {
            return false; // Kestrel says what is wrong with it.
        }
    }

    /// <summary>Whether a name or literal address, as it stands in a URL, means this machine.</summary>
    public static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var literal) && IPAddress.IsLoopback(literal));

    /// <summary>Whether nobody on the way can change what goes to and fro: TLS, or this machine alone.</summary>
    public static bool IsSafe(Uri address) => address.Scheme == "https" || (address.Scheme == "http" && IsLoopbackHost(address.Host));

    private static List<string> Listed(string? setting) => [.. (setting ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
