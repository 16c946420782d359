using System.Globalization;

namespace BatchXai.Testing.Services;

/// <summary>An OpenID Connect provider of its own, at which whoever signs in is who they say they are. It is a process of this machine, also where other services are containers.</summary>
public sealed class IssuerServer : TestServer
{
    private static readonly Recipe Recipe = new("issuer", "PATH so that node and npm are found", "", [], new Dictionary<string, string>());

    private IssuerServer(Uri address, Instance instance)
        : base(Recipe, instance) => Address = address;

    /// <summary>Its name, and where it is asked.</summary>
    public Uri Address { get; }

    /// <summary>Starts one. Skips the test (in CI: fails it) where it cannot be had.</summary>
    public static async Task<IssuerServer> StartPrivateAsync(CancellationToken cancellationToken)
    {
        if (!await NativeInstance.CanRunAsync(Recipe, cancellationToken) && !await NativeInstance.FetchAsync(Recipe, cancellationToken))
        {
            Missing.Service(Recipe.Name, Recipe.Variable);
        }

        var ports = FreePorts.Take(1);
        var instance = new NativeInstance(Recipe, ports);
        await instance.StartAsync(cancellationToken);
        return await ReadyAsync(new IssuerServer(new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ports[0]}")), instance), cancellationToken);
    }

    private protected override async Task AskAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(Address, "/.well-known/openid-configuration"), cancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
