using BatchXai.Contracts;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using BatchXai.Storage.Cache;
using BatchXai.Storage.Locations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace BatchXai.Storage.Tests;

public sealed class StorageOptionsTests : IDisposable
{
    private const string Account = "DefaultEndpointsProtocol=https;AccountName=mine;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AddStorage_EverythingWrong_AllToldAtOnceAndNoSecret()
    {
        var error = Assert.Throws<UserErrorException>(() => Services(
            ("Blobs:ConnectionString", "AccountKey=c2VjcmV0"), ("Sources:Roots:0", "data"), ("Sources:Roots:1", folder["none"]), ("Worker:CacheGiB", "-1")));

        Assert.Equal(4, error.Problems.Count);
        Assert.DoesNotContain("c2VjcmV0", error.Message, StringComparison.Ordinal);
        Assert.All(["Blobs:ConnectionString", "Sources:Roots:0: 'data'", "Sources:Roots:1: the folder " + folder["none"], "Worker:CacheGiB: '-1'"], text => Assert.Contains(error.Problems, problem => problem.StartsWith(text, StringComparison.Ordinal)));
    }

    [Fact]
    public void AddStorage_NoPlaceOrTwo_SaysWhatToSet()
    {
        Assert.Contains("Set Blobs:ConnectionString", Assert.Throws<UserErrorException>(() => Services()).Message, StringComparison.Ordinal);
        Assert.Contains("Blobs:ConnectionString and Blobs:Folder are set", Assert.Throws<UserErrorException>(() => Services(("Blobs:ConnectionString", Account), ("Blobs:Folder", "/x"))).Message, StringComparison.Ordinal);
        Assert.Contains("Blobs:ServiceUri", Assert.Throws<UserErrorException>(() => Services(("Blobs:ServiceUri", "http://mine.blob.core.windows.net"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddStorage_Folder_ReadsItsRootsAndWhatWasBrought()
    {
        folder.With("data/a", "secret");
        await using var services = Services(("Blobs:Folder", folder["blobs"]), ("Sources:Roots:0", folder["data"]), ("Worker:CacheFolder", folder["cache"]));
        var ct = TestContext.Current.CancellationToken;

        var address = await services.GetRequiredService<ContentBlobs>().PutAsync(new MemoryStream([1]), "m.onnx", ct);
        var location = services.GetRequiredService<IBlobStore>().LocationOf(address);

        var locations = services.GetRequiredService<SourceLocations>();
        Assert.Equal(LocationKind.File, await locations.FindAsync(location, ct));
        Assert.Null(locations.Refusal(folder["data/a"]));
        Assert.NotNull(locations.Refusal(folder["secret"]));
        Assert.NotNull(locations.Refusal(folder["blobs/audits/x"]));
        using var files = await services.GetRequiredService<FileCache>().GetAsync(location, null, ct);
        Assert.Equal([location], files.Paths);
    }

    [Theory]
    [InlineData("Blobs:ConnectionString", Account, "azblob://batchxai/a")]
    [InlineData("Blobs:ServiceUri", "https://mine.blob.core.windows.net/", "azblob://batchxai/a")]
    public async Task AddStorage_Account_LiesInItsContainer(string key, string value, string expected)
    {
        await using var services = Services((key, value));

        Assert.Equal(expected, services.GetRequiredService<IBlobStore>().LocationOf("a"));
        Assert.Equal("azblob://data/x", services.GetRequiredService<SourceLocations>().Normalize("https://mine.blob.core.windows.net/data/x"));
        Assert.NotNull(services.GetRequiredService<SourceLocations>().Refusal("/data/x"));
    }

    private static ServiceProvider Services(params (string Key, string Value)[] settings) => new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .AddStorage(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build())
        .BuildServiceProvider();
}
