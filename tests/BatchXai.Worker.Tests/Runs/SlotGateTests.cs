using BatchXai.Worker.Runs;
using Xunit;

namespace BatchXai.Worker.Tests.Runs;

public sealed class SlotGateTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task As_many_as_there_are_slots_run_and_the_next_waits()
    {
        using var gate = new SlotGate(2);
        var first = await gate.TakeAsync(alone: false, Ct);
        using var second = await gate.TakeAsync(alone: false, Ct);
        var third = gate.TakeAsync(alone: false, Ct);
        Assert.False(third.IsCompleted);
        first.Dispose();
        first.Dispose(); // Twice gives back once.
        (await third).Dispose();
    }

    [Fact]
    public async Task Alone_waits_for_all_and_is_not_overtaken()
    {
        using var gate = new SlotGate(2);
        var running = await gate.TakeAsync(alone: false, Ct);
        var alone = gate.TakeAsync(alone: true, Ct);
        var late = gate.TakeAsync(alone: false, Ct);
        Assert.False(alone.IsCompleted);
        running.Dispose();
        var held = await alone;
        Assert.False(late.IsCompleted);
        held.Dispose();
        (await late).Dispose();
    }

    [Fact]
    public async Task Whoever_gives_up_waiting_leaves_no_slot_taken()
    {
        using var gate = new SlotGate(2);
        using var gaveUp = new CancellationTokenSource();
        var running = await gate.TakeAsync(alone: false, Ct);
        var alone = gate.TakeAsync(alone: true, gaveUp.Token);
        await gaveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => alone);
        running.Dispose();
        (await gate.TakeAsync(alone: true, Ct)).Dispose();
    }
}
