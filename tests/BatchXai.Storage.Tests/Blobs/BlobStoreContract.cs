using System.Text;
using BatchXai.Contracts;
using BatchXai.Storage.Blobs;
using Xunit;

namespace BatchXai.Storage.Tests.Blobs;

/// <summary>What every blob store must do; one subclass a store.</summary>
public abstract class BlobStoreContract : IAsyncLifetime
{
    protected abstract IBlobStore Store { get; }

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("a.txt")]
    [InlineData("a/b/c.txt")]
    [InlineData("it's, \"so\"\nnew/🦩 ü.txt")]
    [InlineData("%2e%2e/a b+c")]
    [InlineData("...hidden/.x")]
    public async Task Write_ThenRead_GivesTheSameBytes(string address)
    {
        await Store.WriteAsync(address, [1, 2, 3], Ct);

        Assert.Equal([1, 2, 3], await Store.ReadAsync(address, Ct));
        Assert.True(await Store.ExistsAsync(address, Ct));
        Assert.Equal([address], await ListAsync(""));
    }

    [Fact]
    public async Task Write_NameOf255Bytes_Works()
    {
        var address = "a/" + string.Concat(Enumerable.Repeat("🦩", 62)) + "1234567";
        await Store.WriteAsync(address, [7], Ct);

        Assert.Equal([7], await Store.ReadAsync(address, Ct));
    }

    [Fact]
    public async Task Write_Again_Replaces()
    {
        await Store.WriteAsync("a", new byte[1000], Ct);
        await Store.WriteAsync("a", [1], Ct);

        Assert.Equal([1], await Store.ReadAsync("a", Ct));
    }

    [Fact]
    public async Task Write_Empty_ReadsEmpty()
    {
        await Store.WriteAsync("a", [], Ct);

        Assert.Empty(await Store.ReadAsync("a", Ct));
        Assert.True(await Store.ExistsAsync("a", Ct));
    }

    [Fact]
    public async Task Write_ContentFailsHalfway_KeepsTheOldBlobAndLeavesNothing()
    {
        await Store.WriteAsync("a/b", [1], Ct);

        await Assert.ThrowsAsync<NotSupportedException>(() => Store.WriteAsync("a/b", new BrokenStream(), Ct));

        Assert.Equal([1], await Store.ReadAsync("a/b", Ct));
        Assert.Equal(["a/b"], await ListAsync(""));
    }

    [Fact]
    public async Task Write_ManyAtOnce_LastOneIsWhole()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 32), Ct, async (i, ct) => await Store.WriteAsync("a/b", [.. Enumerable.Repeat((byte)i, 100_000)], ct));

        var bytes = await Store.ReadAsync("a/b", Ct);
        Assert.Equal(100_000, bytes.Length);
        Assert.Single(bytes.Distinct());
        Assert.Equal(["a/b"], await ListAsync(""));
    }

    [Theory]
    [InlineData(4 << 20)]
    [InlineData(9_000_000)]
    public async Task Write_ManyMebibytesOneWay_ReadsTheSameFromAnyPlace(int length)
    {
        var content = new byte[length];
        new Random(1).NextBytes(content);
        await Store.WriteAsync("big", new OneWayStream(content), Ct);

        Assert.Equal(Hash(content), Hash(await Store.ReadAsync("big", Ct)));
        await using var stream = await Store.OpenReadAsync("big", Ct);
        Assert.Equal(length, stream.Length);
        foreach (var place in new[] { length - 3, 0, length / 2, (4 << 20) - 1 })
        {
            stream.Position = place;
            var three = new byte[3];
            var read = await stream.ReadAtLeastAsync(three, 3, throwOnEndOfStream: false, Ct);
            Assert.Equal(content.Skip(place).Take(3), three.Take(read));
        }

        stream.Seek(0, SeekOrigin.End);
        Assert.Equal(0, await stream.ReadAsync(new byte[1], Ct));
    }

    [Fact]
    public async Task Write_ManyMebibytesByTwoAtOnce_OneIsWholeAndNobodyIsToldLies()
    {
        var results = await Task.WhenAll(Enumerable.Range(1, 2).Select(async i =>
        {
            try
            {
                await Store.WriteAsync("big", new OneWayStream([.. Enumerable.Repeat((byte)i, 9_000_000)]), Ct);
                return i;
            }
            catch (BlobsUnavailableException)
            {
                return 0; // The other one came in between: to be tried again.
            }
        }));

        var bytes = await Store.ReadAsync("big", Ct);
        Assert.Equal(9_000_000, bytes.Length);
        Assert.Contains((int)Assert.Single(bytes.Distinct()), results);
    }

    [Fact]
    public async Task Write_StreamThatWasReadFrom_StoresTheRest()
    {
        using var content = new MemoryStream([1, 2, 3]) { Position = 1 };
        await Store.WriteAsync("rest", content, Ct);
        await Store.WriteAsync("none", content, Ct);

        Assert.Equal([2, 3], await Store.ReadAsync("rest", Ct));
        Assert.Empty(await Store.ReadAsync("none", Ct));
    }

    [Fact]
    public async Task List_CharactersBeyondTheFirstPlane_InOrdinalOrder()
    {
        // UTF-8 has U+FF41 before U+1F9A9; the halves of the latter stand before the former.
        string[] names = ["a/ａ/1", "a/🦩/1", "a/🦩/2", "a/z", "a/ａb", "b", "a/é🦩", "a/éａ"];
        foreach (var name in names)
        {
            await Store.WriteAsync(name, [1], Ct);
        }

        Assert.Equal(names.Order(StringComparer.Ordinal), await ListAsync(""));
    }

    [Fact]
    public async Task EveryCall_NothingStoredYet_FindsNothing()
    {
        Assert.Empty(await ListAsync(""));
        Assert.Empty(await ListAsync("a/b"));
        Assert.False(await Store.ExistsAsync("a", Ct));
        await Store.DeleteAsync("a", Ct);
        await Assert.ThrowsAsync<FileNotFoundException>(() => Store.OpenReadAsync("a", Ct));
    }

    [Fact]
    public async Task OpenRead_WhileReplaced_StillGivesTheOldBlob()
    {
        await Store.WriteAsync("a", Encoding.UTF8.GetBytes("old"), Ct);
        await using var open = await Store.OpenReadAsync("a", Ct);
        await Store.WriteAsync("a", Encoding.UTF8.GetBytes("new"), Ct);

        Assert.Equal("old", await new StreamReader(open).ReadToEndAsync(Ct));
    }

    [Fact]
    public async Task OpenRead_Absent_FileNotFound()
    {
        await Store.WriteAsync("folder/a", [1], Ct);

        await Assert.ThrowsAsync<FileNotFoundException>(() => Store.OpenReadAsync("b", Ct));
        await Assert.ThrowsAsync<FileNotFoundException>(() => Store.OpenReadAsync("x/y/z", Ct));
        await Assert.ThrowsAsync<FileNotFoundException>(() => Store.OpenReadAsync("folder", Ct));
        Assert.False(await Store.ExistsAsync("folder", Ct));
    }

    [Fact]
    public async Task Read_MoreThanAllowed_Refused()
    {
        await Store.WriteAsync("a", new byte[11], Ct);

        var error = await Assert.ThrowsAsync<BlobTooLargeException>(() => Store.ReadAsync("a", 10, Ct));
        Assert.Contains("11", error.Message, StringComparison.Ordinal);
        Assert.Equal(11, (await Store.ReadAsync("a", 11, Ct)).Length);
    }

    [Fact]
    public async Task List_Prefix_WholeSegmentsInOrdinalOrder()
    {
        foreach (var address in new[] { "a/b/2", "a/b/10", "a/b-c", "a/bc", "a/b/c/1", "B", "a/é" })
        {
            await Store.WriteAsync(address, [1], Ct);
        }

        var all = await ListAsync("");
        Assert.Equal(all.Order(StringComparer.Ordinal), all);
        Assert.Equal(7, all.Count);
        Assert.Equal(["a/b/10", "a/b/2", "a/b/c/1"], await ListAsync("a/b"));
        Assert.Equal(["a/b/10", "a/b/2", "a/b/c/1"], await ListAsync("a/b/"));
        Assert.Equal(["a/bc"], await ListAsync("a/bc"));
        Assert.Empty(await ListAsync("nothing"));
    }

    [Fact]
    public async Task Delete_Prefix_OnlyWholeSegments()
    {
        foreach (var address in new[] { "a/b/1", "a/b/2/3", "a/bc", "a/c" })
        {
            await Store.WriteAsync(address, [1], Ct);
        }

        await Store.DeleteAsync("a/b/", Ct);
        await Store.DeleteAsync("a/c", Ct);
        await Store.DeleteAsync("nothing", Ct);

        Assert.Equal(["a/bc"], await ListAsync(""));
        await Assert.ThrowsAsync<UserErrorException>(() => Store.DeleteAsync("", Ct));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("a/..")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("./a")]
    [InlineData("a/./b")]
    [InlineData("a/")]
    [InlineData("a\0b")]
    public async Task AnyCall_AddressThatCouldLeave_Refused(string address)
    {
        await Assert.ThrowsAsync<UserErrorException>(() => Store.OpenReadAsync(address, Ct));
        await Assert.ThrowsAsync<UserErrorException>(() => Store.WriteAsync(address, [1], Ct));
        await Assert.ThrowsAsync<UserErrorException>(() => Store.ExistsAsync(address, Ct));
        await Assert.ThrowsAsync<UserErrorException>(() => Store.LinkAsync(address, TimeSpan.FromMinutes(1), Ct));
        Assert.Throws<UserErrorException>(() => Store.LocationOf(address));
    }

    private static string Hash(byte[] bytes) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes));

    protected async Task<List<string>> ListAsync(string prefix) => await Store.ListAsync(prefix, Ct).ToListAsync(Ct);

    /// <summary>Gives some bytes, then breaks; too many to be held before the first is sent.</summary>
    private sealed class BrokenStream : MemoryStream
    {
        private int given;

        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            (given += buffer.Length) < 10_000_000 ? ValueTask.FromResult(buffer.Length) : throw new NotSupportedException("broken");

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
        {
            destination.WriteByte(9);
            throw new NotSupportedException("broken");
        }
    }

    /// <summary>A network stream: no length, no way back, and a few bytes at a time.</summary>
    private sealed class OneWayStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 99_991)], cancellationToken);
    }
}
