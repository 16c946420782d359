using BatchXai.Worker.Explain;
using Xunit;

namespace BatchXai.Worker.Tests.Explain;

public sealed class TorchThreadTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Jobs_run_on_one_thread_in_order()
    {
        using var thread = new TorchThread();
        var seen = new List<(int Job, int Thread)>();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(job => thread.RunAsync(() => { seen.Add((job, Environment.CurrentManagedThreadId)); return job; }, Ct)));
        Assert.Equal(Enumerable.Range(0, 50), seen.Select(entry => entry.Job));
        Assert.Single(seen.Select(entry => entry.Thread).Distinct());
        Assert.NotEqual(Environment.CurrentManagedThreadId, seen[0].Thread);
    }

    [Fact]
    public async Task Failing_job_fails_its_caller_only()
    {
        using var thread = new TorchThread();
        await Assert.ThrowsAsync<InvalidDataException>(() => thread.RunAsync<int>(() => throw new InvalidDataException(), Ct));
        Assert.Equal(7, await thread.RunAsync(() => 7, Ct));
    }

    [Fact]
    public async Task Cancelled_job_does_not_run()
    {
        using var thread = new TorchThread();
        using var cancelled = new CancellationTokenSource();
        using var gate = new ManualResetEventSlim();
        var ran = false;
        var blocking = thread.RunAsync(() => { gate.Wait(Ct); return 0; }, Ct);
        var waiting = thread.RunAsync(() => ran = true, cancelled.Token);
        await cancelled.CancelAsync();
        gate.Set();
        await blocking;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.False(ran);
    }
}
