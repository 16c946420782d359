using Azure.Storage.Blobs;
using BatchXai.Testing.Services;
using Xunit;

namespace BatchXai.Testing.Tests.Services;

public sealed class BlobServerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_container_name_is_new()
    {
        var server = await BlobServer.SharedAsync(Ct);
        var one = new BlobContainerClient(server.ConnectionString, server.CreateContainerName());
        var other = new BlobContainerClient(server.ConnectionString, server.CreateContainerName());
        await one.CreateAsync(cancellationToken: Ct);
        await other.CreateAsync(cancellationToken: Ct);
        await one.UploadBlobAsync("seen", BinaryData.FromString("seven"), Ct);
        Assert.Equal("seven", await ReadAsync(one));
        Assert.False(await other.GetBlobClient("seen").ExistsAsync(Ct));
    }

    [Fact]
    public async Task Stopped_and_then_killed_it_keeps_what_was_stored()
    {
        await using var server = await BlobServer.StartPrivateAsync(Ct);
        var container = new BlobContainerClient(server.ConnectionString, server.CreateContainerName());
        await container.CreateAsync(cancellationToken: Ct);
        await container.UploadBlobAsync("seen", BinaryData.FromString("seven"), Ct);
        // Azurite writes its list of blobs now and then, and when it stops: what came after is lost with a kill.
        await server.StopAsync(Ct);
        await server.StartAgainAsync(Ct);
        await server.KillAsync(Ct);
        await server.StartAgainAsync(Ct);
        Assert.Equal("seven", await ReadAsync(container));
    }

    private static async Task<string> ReadAsync(BlobContainerClient container) =>
        (await container.GetBlobClient("seen").DownloadContentAsync(Ct)).Value.Content.ToString();
}
