using Xunit;

namespace BatchXai.Worker.Tests;

public sealed class StageTimesTests
{
    [Fact]
    public async Task Every_stage_adds_up_over_threads()
    {
        var times = new StageTimes();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => times.Time("decode", () => 1))));
        Assert.Equal(5, await times.TimeAsync("store", () => Task.FromResult(5)));
        Assert.Equal(["decode", "store"], times.Seconds.Keys.Order());
        Assert.All(times.Seconds.Values, seconds => Assert.True(seconds > 0));
    }
}
