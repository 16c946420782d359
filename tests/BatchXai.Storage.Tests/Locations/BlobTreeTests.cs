using Azure.Core;
using Azure.Core.Pipeline;
using BatchXai.Storage.Blobs;
using BatchXai.Storage.Locations;
using BatchXai.Storage.Tests.Blobs;
using Xunit;

namespace BatchXai.Storage.Tests.Locations;

public sealed class BlobTreeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Exists_AsOftenAsAsked_OneListingAFolder()
    {
        await using var container = await TestContainer.MakeAsync(Ct);
        foreach (var name in new[] { "d/a/1.jpg", "d/a/2.jpg", "d/b/1.jpg", "d/top.jpg", "d/a/sub/3.jpg" })
        {
            await container.Store().WriteAsync(name, [1], Ct);
        }

        var transport = new FaultyTransport(request => request.Method == RequestMethod.Head ? 500 : null);
        var tree = new BlobTree((AzureBlobStore)container.Store(transport, prefix: "d"));

        for (var round = 0; round < 100; round++)
        {
            Assert.True(await tree.ExistsAsync("a/1.jpg", Ct));
            Assert.True(await tree.ExistsAsync("b/1.jpg", Ct));
            Assert.True(await tree.ExistsAsync("top.jpg", Ct));
            Assert.True(await tree.ExistsAsync("a/sub/3.jpg", Ct));
            Assert.False(await tree.ExistsAsync($"a/no{round}.jpg", Ct));
            Assert.False(await tree.ExistsAsync("a/sub", Ct));
            Assert.False(await tree.ExistsAsync("c/1.jpg", Ct));
            Assert.False(await tree.ExistsAsync("../d/a/1.jpg", Ct));
        }

        Assert.Equal(5, transport.Requests);
    }

    [Fact]
    public async Task Entries_FoldersAndFiles_SortedAsAFolderIs()
    {
        using var folder = new TemporaryFolder();
        string[] names = ["a/1", "a-b", "a.b", "a b/1", "B/1", "é/1", "z", "ａ/1", "🦩/1", "🦩-", "ａ"];
        await using var container = await TestContainer.MakeAsync(Ct);
        foreach (var name in names.Except(["ａ"]))
        {
            folder.Add(name);
            await container.Store().WriteAsync(name, [1], Ct);
        }

        // What some programs leave to mark a folder.
        await container.Store().WriteAsync("a", [], Ct);
        await container.Store().WriteAsync("ａ", [], Ct);

        var expected = await new FolderTree(folder.Path).EntriesAsync("", Ct).ToListAsync(Ct);
        var entries = await new BlobTree((AzureBlobStore)container.Store()).EntriesAsync("", Ct).ToListAsync(Ct);

        Assert.Equal(expected, entries);
        Assert.Equal(10, entries.Count);
    }

    [Fact]
    public async Task Entries_ManyPages_AllOfThemInOrder()
    {
        await using var container = await TestContainer.MakeAsync(Ct);
        await container.Client.CreateAsync(cancellationToken: Ct);
        await Parallel.ForEachAsync(Enumerable.Range(0, 60), Ct, async (i, ct) => await container.Client.UploadBlobAsync($"d/{i % 20:D2}/{i}", new BinaryData([1]), ct));
        var transport = new FaultyTransport(_ => null);
        var store = (AzureBlobStore)container.Store(transport, options => options.AddPolicy(new SmallPages(), HttpPipelinePosition.PerCall));

        Assert.Equal(Enumerable.Range(0, 20).Select(i => new FolderEntry($"{i:D2}", true, false)), await store.EntriesAsync("d/", Ct).ToListAsync(Ct));
        Assert.Equal(Enumerable.Range(0, 60).Select(i => $"d/{i % 20:D2}/{i}").Order(StringComparer.Ordinal), await store.ListAsync("d", Ct).ToListAsync(Ct));
        Assert.InRange(transport.Requests, 10, 40);
    }

    /// <summary>Pages end within folders.</summary>
    private sealed class SmallPages : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message)
        {
            if (message.Request.Method == RequestMethod.Get)
            {
                message.Request.Uri.AppendQuery("maxresults", "7");
            }
        }
    }
}
