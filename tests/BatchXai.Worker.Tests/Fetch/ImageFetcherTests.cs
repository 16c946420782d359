using BatchXai.Contracts.Datasets;
using BatchXai.Storage.Blobs;
using BatchXai.Worker.Fetch;
using BatchXai.Worker.Tests.Runs;
using Xunit;

namespace BatchXai.Worker.Tests.Fetch;

public sealed class ImageFetcherTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("batchxai-fetch-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("gone.png", "does not exist any more")]
    [InlineData("../outside.png", "cannot be read")]
    public async Task What_is_missing_or_refused_becomes_a_reason(string path, string reason)
    {
        var fetched = await new ImageFetcher(new FolderBlobStore(folder), null).FetchAsync(new DatasetItem { Index = 0, Id = "x", Path = path }, Ct);
        Assert.Contains(reason, fetched.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_that_does_not_answer_is_not_held_against_the_image()
    {
        var fetcher = new ImageFetcher(new GatedBlobs(new FolderBlobStore(folder)) { IsAway = true }, null);
        await Assert.ThrowsAsync<IOException>(() => fetcher.FetchAsync(new DatasetItem { Index = 0, Id = "x", Path = "x.png" }, Ct));
    }
}
