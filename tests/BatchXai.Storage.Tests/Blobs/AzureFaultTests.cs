using System.Collections.Concurrent;
using Azure.Core;
using BatchXai.Storage.Blobs;
using Xunit;

namespace BatchXai.Storage.Tests.Blobs;

/// <summary>What the store does when the service does not answer, or says that it cannot.</summary>
public sealed class AzureFaultTests : IAsyncLifetime
{
    private TestContainer? container;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestContainer Container => container ?? throw new InvalidOperationException("Not initialized.");

    public async ValueTask InitializeAsync() => container = await TestContainer.MakeAsync(Ct);

    public async ValueTask DisposeAsync()
    {
        if (container is not null)
        {
            await container.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(503)]
    [InlineData(500)]
    [InlineData(429)]
    public async Task AnyCall_FailsTwiceThenAnswers_Succeeds(int status)
    {
        // Every request fails twice, also when the service had done it and only the answer was lost.
        var failed = new ConcurrentDictionary<string, int>();
        var transport = new FaultyTransport(request => failed.AddOrUpdate($"{request.Method} {request.Uri}", 1, (_, times) => times + 1) <= 2 ? status : null);
        var store = Container.Store(transport, Quick);
        var content = new byte[9_000_000];
        new Random(1).NextBytes(content);

        await store.WriteAsync("a/small", [1], Ct);
        await store.WriteAsync("a/big", content, Ct);

        Assert.Equal([1], await store.ReadAsync("a/small", Ct));
        Assert.Equal(Hash(content), Hash(await store.ReadAsync("a/big", Ct)));
        Assert.True(await store.ExistsAsync("a/big", Ct));
        Assert.Equal(["a/big", "a/small"], await store.ListAsync("a", Ct).ToListAsync(Ct));
        await store.DeleteAsync("a", Ct);
        Assert.Empty(await store.ListAsync("", Ct).ToListAsync(Ct));
        Assert.InRange(failed.Values.Count(times => times >= 3), 8, int.MaxValue);
    }

    [Fact]
    public async Task ReadAndWrite_NoAnswerTwiceThenOne_Succeed()
    {
        var asked = new ConcurrentDictionary<string, int>();
        var transport = new FaultyTransport(request => asked.AddOrUpdate(request.Method.ToString(), 1, (_, times) => times + 1) <= 2 ? 0 : null);
        var store = Container.Store(transport, options =>
        {
            Quick(options);
            options.Retry.NetworkTimeout = TimeSpan.FromSeconds(1);
        });

        await store.WriteAsync("a", [1], Ct);

        Assert.Equal([1], await store.ReadAsync("a", Ct));
        Assert.InRange(asked["PUT"], 3, 12);
        Assert.InRange(asked["GET"], 3, 12);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(0)]
    public async Task AnyCall_NeverAnswers_IsUnavailableAfterItsTries(int status)
    {
        var transport = new FaultyTransport(_ => status);
        var store = Container.Store(transport, options =>
        {
            Quick(options);
            options.Retry.NetworkTimeout = TimeSpan.FromMilliseconds(50);
        });

        foreach (var call in new Func<Task>[] { () => store.ReadAsync("a", Ct), () => store.WriteAsync("a", [1], Ct), () => store.ExistsAsync("a", Ct), () => store.ListAsync("", Ct).ToListAsync(Ct).AsTask(), () => store.DeleteAsync("a", Ct) })
        {
            var before = transport.Requests;
            var error = await Assert.ThrowsAsync<BlobsUnavailableException>(call);
            Assert.Contains(Container.Name, error.Message, StringComparison.Ordinal);
            Assert.InRange(transport.Requests - before, 6, 12); // Deleting lists as well.
        }
    }

    [Fact]
    public async Task AnyCall_CancelledByTheCaller_IsCancelled()
    {
        using var stop = new CancellationTokenSource();
        var store = Container.Store(new FaultyTransport(_ =>
        {
            stop.Cancel();
            return 0;
        }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.ReadAsync("a", stop.Token));
    }

    [Fact]
    public async Task Read_ServiceGoneInTheMiddle_IsUnavailable()
    {
        await Container.Store().WriteAsync("a", new byte[9_000_000], Ct);
        var requests = 0;
        var store = Container.Store(new FaultyTransport(request => request.Method == RequestMethod.Get && Interlocked.Increment(ref requests) > 1 ? 503 : null), Quick);
        await using var stream = await store.OpenReadAsync("a", Ct);

        await Assert.ThrowsAsync<BlobsUnavailableException>(() => stream.CopyToAsync(Stream.Null, Ct));
    }

    private static string Hash(byte[] bytes) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes));

    // The same number of tries as in production, without the waiting.
    private static void Quick(Azure.Storage.Blobs.BlobClientOptions options) =>
        (options.Retry.Delay, options.Retry.MaxDelay) = (TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(5));
}
