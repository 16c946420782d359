using System.Data.Common;

namespace BatchXai.Testing.Services;

/// <summary>Azure Blob Storage: Azurite, unless an account is given. Every test makes a container of its own in it.</summary>
public sealed class BlobServer : TestServer
{
    // Every Azurite has this account and key; they are public.
    private const string PublicAccount =
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;";

    private static readonly Recipe Recipe = new("azurite", "BATCHXAI_TEST_BLOBS", "mcr.microsoft.com/azure-storage/azurite:latest", [10000], new Dictionary<string, string>(),
        "azurite-blob", "--location", "/data", "--blobHost", "0.0.0.0", "--skipApiVersionCheck", "--disableTelemetry", "--silent");

    private static readonly Lazy<Task<BlobServer>> Shared = new(() => Environment.GetEnvironmentVariable(Recipe.Variable) is { Length: > 0 } given
        ? ReadyAsync(new BlobServer(given, null), default)
        : StartPrivateAsync(default));

    private readonly string prefix = $"test-{Guid.NewGuid():N}";
    private int names;

    private BlobServer(string connectionString, Instance? instance)
        : base(Recipe, instance) => ConnectionString = connectionString;

    /// <summary>Of the account.</summary>
    public string ConnectionString { get; }

    /// <summary>The one of this test process, started when first asked for. Skips the test (in CI: fails it) where there is none.</summary>
    public static Task<BlobServer> SharedAsync(CancellationToken cancellationToken) => Shared.Value.WaitAsync(cancellationToken);

    /// <summary>One that only the caller knows, who may kill it and disposes it.</summary>
    public static async Task<BlobServer> StartPrivateAsync(CancellationToken cancellationToken)
    {
        var ports = FreePorts.Take(1);
        var instance = await Recipe.MakeAsync(ports, cancellationToken);
        await instance.StartAsync(cancellationToken);
        var account = $"{PublicAccount}BlobEndpoint=http://127.0.0.1:{ports[0]}/devstoreaccount1;";
        return await ReadyAsync(new BlobServer(account, instance), cancellationToken);
    }

    /// <summary>A name that no other test has; the container is not made yet.</summary>
    public string CreateContainerName() => $"{prefix}-{Interlocked.Increment(ref names)}";

    private protected override async Task AskAsync(CancellationToken cancellationToken)
    {
        var endpoint = new DbConnectionStringBuilder { ConnectionString = ConnectionString }.TryGetValue("BlobEndpoint", out var given) ? (string)given : null;
        if (endpoint is not null)
        {
            // Any answer will do, a refusal too: who asks without a signature is told so.
            using var client = new HttpClient();
            using var answer = await client.GetAsync(new Uri(endpoint), cancellationToken);
        }
    }
}
