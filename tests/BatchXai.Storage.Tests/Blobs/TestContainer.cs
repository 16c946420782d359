using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using BatchXai.Storage.Blobs;
using BatchXai.Testing.Services;

namespace BatchXai.Storage.Tests.Blobs;

/// <summary>A container that no other test has, in a real blob service; removed in the end.</summary>
internal sealed class TestContainer(string connectionString, string name) : IAsyncDisposable
{
    public string Name => name;

    public string ConnectionString => connectionString;

    public BlobAccount Account { get; } = BlobAccount.Open(connectionString);

    public BlobContainerClient Client { get; } = new(connectionString, name);

    public static async Task<TestContainer> MakeAsync(CancellationToken ct)
    {
        var server = await BlobServer.SharedAsync(ct);
        return new(server.ConnectionString, server.CreateContainerName());
    }

    /// <summary>The same container, asked through a transport of the test.</summary>
    public IBlobStore Store(HttpPipelineTransport transport, Action<BlobClientOptions>? change = null, string prefix = "")
    {
        var options = BlobAccount.Options(transport);
        change?.Invoke(options);
        return new BlobAccount(new BlobServiceClient(connectionString, options), token: false, TimeProvider.System).Store(name, prefix);
    }

    public IBlobStore Store(string prefix = "") => Account.Store(name, prefix);

    public async ValueTask DisposeAsync() => await Client.DeleteIfExistsAsync();
}
