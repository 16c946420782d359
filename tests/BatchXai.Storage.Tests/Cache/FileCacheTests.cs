using BatchXai.Contracts;
using BatchXai.Storage.Blobs;
using BatchXai.Storage.Cache;
using BatchXai.Storage.Locations;
using BatchXai.Storage.Tests.Blobs;
using Xunit;

namespace BatchXai.Storage.Tests.Cache;

public sealed class FileCacheTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly SteppedClock clock = new();
    private readonly FaultyTransport transport = new(_ => null);
    private TestContainer? container;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestContainer Container => container ?? throw new InvalidOperationException("Not initialized.");

    private SourceLocations Locations => field ??= new([folder["local"]], new BlobAccount(new(Container.ConnectionString, BlobAccount.Options(transport)), token: false, TimeProvider.System));

    public async ValueTask InitializeAsync() => container = await TestContainer.MakeAsync(Ct);

    public async ValueTask DisposeAsync()
    {
        transport.Dispose();
        folder.Dispose();
        if (container is not null)
        {
            await container.DisposeAsync();
        }
    }

    [Fact]
    public async Task Get_LocalFiles_AsTheyAre()
    {
        folder.With("local/m.onnx", "local/m.data");
        using var cache = Cache();

        using var files = await cache.GetAsync([folder["local/m.onnx"], "file://" + folder["local/m.data"]], "no hash is looked at", Ct);

        Assert.Equal([folder["local/m.onnx"], folder["local/m.data"]], files.Paths);
        Assert.False(Directory.Exists(folder["cache"]));
        await Assert.ThrowsAsync<UserErrorException>(() => cache.GetAsync("/etc/passwd", null, Ct));
    }

    [Fact]
    public async Task Get_LocalFilesOfSeveralFolders_AreBroughtTogether()
    {
        folder.With("local/a/m.onnx", "local/b/m.data");
        using var cache = Cache();

        using var files = await cache.GetAsync([folder["local/a/m.onnx"], folder["local/b/m.data"]], null, Ct);

        Assert.Equal(["m.onnx", "m.data"], files.Paths.Select(Path.GetFileName));
        Assert.Single(files.Paths.Select(Path.GetDirectoryName).Distinct());
        Assert.All(files.Paths, path => Assert.True(File.Exists(path)));
    }

    [Fact]
    public async Task Get_KnownHash_FetchedOnceAndThenNothingAsked()
    {
        var location = await PutAsync("m.onnx", 1);
        var hash = await ContentHash.OfAsync(Locations, [location], Ct);
        using (var first = await Cache().GetAsync(location, hash, Ct))
        {
            Assert.Equal(Content(1), await File.ReadAllBytesAsync(first.Paths[0], Ct));
            Assert.Equal("m.onnx", Path.GetFileName(first.Paths[0]));
        }

        await Container.Client.DeleteAsync(cancellationToken: Ct);
        var asked = transport.Requests;
        using var again = await Cache().GetAsync(location, hash, Ct);

        Assert.Equal(Content(1), await File.ReadAllBytesAsync(again.Paths[0], Ct));
        Assert.Equal(asked, transport.Requests);
    }

    [Fact]
    public async Task Get_NoHash_NewContentIsFetchedAgain()
    {
        var location = await PutAsync("m.onnx", 1);
        using var cache = Cache();
        using var first = await cache.GetAsync(location, null, Ct);
        using var same = await cache.GetAsync(location, null, Ct);
        await PutAsync("m.onnx", 2);
        using var second = await cache.GetAsync(location, null, Ct);

        Assert.Equal(first.Paths, same.Paths);
        Assert.NotEqual(first.Paths, second.Paths);
        Assert.Equal(Content(1), await File.ReadAllBytesAsync(first.Paths[0], Ct));
        Assert.Equal(Content(2), await File.ReadAllBytesAsync(second.Paths[0], Ct));
    }

    [Fact]
    public async Task Get_ModelAndItsWeights_LieTogetherUnderTheirNames()
    {
        string[] locations = [await PutAsync("models/a/m.onnx", 1), await PutAsync("models/b/m.onnx.data", 2)];
        var hash = await ContentHash.OfAsync(Locations, locations, Ct);
        using var cache = Cache();

        using var files = await cache.GetAsync(locations, hash, Ct);

        Assert.Equal(["m.onnx", "m.onnx.data"], files.Paths.Select(Path.GetFileName));
        Assert.Single(files.Paths.Select(Path.GetDirectoryName).Distinct());
        Assert.Equal(Content(2), await File.ReadAllBytesAsync(files.Paths[1], Ct));
        var error = await Assert.ThrowsAsync<UserErrorException>(async () => await cache.GetAsync([locations[0], await PutAsync("other/M.onnx", 3)], null, Ct));
        Assert.Contains("the same name", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ContentIsAnother_RefusedAndNotKept()
    {
        var location = await PutAsync("m.onnx", 1);
        using var cache = Cache();

        var error = await Assert.ThrowsAsync<UserErrorException>(() => cache.GetAsync(location, new string('0', 64), Ct));

        Assert.Contains("has changed since", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(folder["cache"]));
        await Assert.ThrowsAsync<FileNotFoundException>(() => cache.GetAsync(location + "x", null, Ct));
        Assert.Empty(Directory.GetDirectories(folder["cache"]));
    }

    [Fact]
    public async Task Get_MoreThanFits_TheLongestUnusedGoesAndNoneInUse()
    {
        // Three entries fit.
        using var cache = Cache(350_000);
        string[] locations = [await PutAsync("1", 1), await PutAsync("2", 2), await PutAsync("3", 3), await PutAsync("4", 4), await PutAsync("5", 5)];
        using var held = await cache.GetAsync(locations[0], null, Ct);
        var second = await TakeAsync(cache, locations[1]);
        var third = await TakeAsync(cache, locations[2]);
        await TakeAsync(cache, locations[1]);

        var fourth = await TakeAsync(cache, locations[3]);
        Assert.Equal([true, true, false, true], new[] { held.Paths[0], second, third, fourth }.Select(File.Exists));

        // Another process, with less room, leaves what this one holds.
        var fifth = await TakeAsync(Cache(1), locations[4]);
        Assert.Equal([true, false, false, true], new[] { held.Paths[0], second, fourth, fifth }.Select(File.Exists));
    }

    [Fact]
    public async Task Get_ManyAtOnceFromTwoProcesses_AllGetTheWholeContent()
    {
        var locations = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => PutAsync($"m{i}", (byte)i)));
        using var one = Cache(250_000);
        using var other = Cache(250_000);

        await Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Ct }, async (i, ct) =>
        {
            using var files = await (i % 2 == 0 ? one : other).GetAsync(locations[i / 2 % 4], null, ct);
            Assert.Equal(Content((byte)(i / 2 % 4)), await File.ReadAllBytesAsync(files.Paths[0], ct));
        });

        Assert.DoesNotContain(Directory.GetFileSystemEntries(folder["cache"]), entry => entry.Contains(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_AProcessDiedWhileFetching_ItsPiecesGo()
    {
        folder.With("cache/0123.tmp/m.onnx", "cache/0123.tmp.lock");
        using var cache = Cache();

        await TakeAsync(cache, await PutAsync("m.onnx", 1));

        Assert.False(Directory.Exists(folder["cache/0123.tmp"]));
        Assert.False(File.Exists(folder["cache/0123.tmp.lock"]));
    }

    [Fact]
    public async Task Get_CacheFolderIsAFile_SaysWhereAndWhatToDo()
    {
        folder.Add("cache");

        var error = await Assert.ThrowsAsync<UserErrorException>(async () => await Cache().GetAsync(await PutAsync("m.onnx", 1), null, Ct));

        Assert.Contains(folder["cache"], error.Message, StringComparison.Ordinal);
        Assert.Contains("Worker:CacheFolder", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Content(byte seed) => [.. Enumerable.Repeat(seed, 100_000)];

    private FileCache Cache(long mostBytes = 1 << 30) => new(Locations, folder["cache"], mostBytes, clock);

    private async Task<string> PutAsync(string name, byte seed)
    {
        await Container.Store().WriteAsync(name, Content(seed), Ct);
        return Container.Store().LocationOf(name);
    }

    private static async Task<string> TakeAsync(FileCache cache, string location)
    {
        using var files = await cache.GetAsync(location, null, Ct);
        return files.Paths[0];
    }

    /// <summary>Every look at it is a minute later.</summary>
    private sealed class SteppedClock : TimeProvider
    {
        private long looks;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(50).AddMinutes(Interlocked.Increment(ref looks));
    }
}
