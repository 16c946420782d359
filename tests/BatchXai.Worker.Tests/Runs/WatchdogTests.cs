using System.Threading.Channels;
using BatchXai.Contracts.Shards;
using BatchXai.Worker.Runs;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace BatchXai.Worker.Tests.Runs;

public sealed class WatchdogTests
{
    private const int Limit = 5;

    private static readonly ExplainShard Shard = new(Guid.NewGuid(), 7, Guid.NewGuid());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_that_stands_still_ends_the_process_and_names_its_items()
    {
        using var clock = new TickingClock();
        var (ends, progress) = (Channel.CreateUnbounded<string>(), new ShardProgress());
        progress.Begin(new() { Index = 0, Id = "done.png", Path = "done.png" });
        progress.Begin(new() { Index = 1, Id = "stuck.png", Path = "stuck.png" });
        progress.Add(items: 1, failures: 0);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var watching = new Watchdog(new() { StallSeconds = Limit }, clock, reason => ends.Writer.TryWrite(reason)).WatchAsync(Shard, progress, stop.Token);

        for (var tick = 0; tick < Limit - 1; tick++)
        {
            await clock.TickAsync(Ct);
        }

        Assert.False(ends.Reader.TryRead(out _));
        await clock.TickAsync(Ct);
        var told = await ends.Reader.ReadAsync(Ct);

        Assert.Contains($"shard 7 of audit {Shard.AuditId}", told, StringComparison.Ordinal);
        Assert.EndsWith("Items under way: stuck.png", told, StringComparison.Ordinal);
        await stop.CancelAsync();
        await watching;
    }

    [Fact]
    public async Task Run_that_moves_goes_on()
    {
        using var clock = new TickingClock();
        var (ends, progress) = (Channel.CreateUnbounded<string>(), new ShardProgress());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var watching = new Watchdog(new() { StallSeconds = Limit }, clock, reason => ends.Writer.TryWrite(reason)).WatchAsync(Shard, progress, stop.Token);
        for (var tick = 0; tick < 4 * Limit; tick++)
        {
            if (tick % (Limit - 1) == 0)
            {
                progress.Move();
            }

            await clock.TickAsync(Ct);
        }

        Assert.False(ends.Reader.TryRead(out _));
        await stop.CancelAsync();
        await watching;
    }

    /// <summary>Moves one second at a time, each when the last has been taken notice of.</summary>
    private sealed class TickingClock : TimeProvider, IDisposable
    {
        private readonly FakeTimeProvider time = new();
        private readonly SemaphoreSlim taken = new(0);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(
            fired =>
            {
                callback(fired);
                taken.Release();
            },
            state, dueTime, period);

        public void Dispose() => taken.Dispose();

        public async Task TickAsync(CancellationToken ct)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await taken.WaitAsync(ct);
            await Task.Delay(20, ct); // The loop behind the timer runs on the pool.
        }
    }
}
