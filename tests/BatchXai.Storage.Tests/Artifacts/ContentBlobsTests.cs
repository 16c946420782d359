using System.Security.Cryptography;
using BatchXai.Contracts;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Xunit;

namespace BatchXai.Storage.Tests.Artifacts;

public sealed class ContentBlobsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private FolderBlobStore Store => new(folder.Path);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Put_Content_LiesUnderItsHashAndName()
    {
        var content = new byte[3_000_000];
        new Random(1).NextBytes(content);
        var blobs = new ContentBlobs(Store);

        var address = await blobs.PutAsync(new MemoryStream(content), "mö del.onnx", Ct);

        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        Assert.Equal($"models/{hash}/mö del.onnx", address);
        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(await Store.ReadAsync(address, Ct))));
        Assert.Equal(address, await blobs.FindAsync(hash, Ct));
        Assert.Null(await blobs.FindAsync(new string('0', 64), Ct));
        await Assert.ThrowsAsync<UserErrorException>(() => blobs.FindAsync("../x", Ct));
    }

    [Fact]
    public async Task Put_Again_LeavesWhatIsThere()
    {
        var blobs = new ContentBlobs(Store);
        var address = await blobs.PutAsync(new MemoryStream([1]), "m", Ct);
        var before = File.GetLastWriteTimeUtc(folder[address]);
        File.SetLastWriteTimeUtc(folder[address], before.AddDays(-1));

        Assert.Equal(address, await blobs.PutAsync(new MemoryStream([1]), "m", Ct));
        Assert.Equal(before.AddDays(-1), File.GetLastWriteTimeUtc(folder[address]));
        Assert.NotEqual(address, await blobs.PutAsync(new MemoryStream([2]), "m", Ct));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    [InlineData("a.")]
    [InlineData("a ")]
    public async Task Put_NoFileName_RefusedBeforeAnythingIsRead(string name)
    {
        using var content = new MemoryStream([1]);

        await Assert.ThrowsAsync<UserErrorException>(() => new ContentBlobs(Store).PutAsync(content, name, Ct));

        Assert.Equal(0, content.Position);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Model_LongName_Refused() => Assert.Throws<UserErrorException>(() => ArtifactAddresses.Model(new string('a', 64), new string('ü', 101)));
}
