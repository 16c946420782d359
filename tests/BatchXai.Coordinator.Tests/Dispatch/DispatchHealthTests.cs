using BatchXai.Coordinator.Dispatch;
using Xunit;

namespace BatchXai.Coordinator.Tests.Dispatch;

public sealed class DispatchHealthTests
{
    [Fact]
    public void Failure_is_told_once_until_something_else_happens()
    {
        var health = new DispatchHealth(TimeProvider.System);
        Assert.True(health.Failed(new IOException("refused")));
        Assert.False(health.Failed(new InvalidOperationException("transient", new IOException("refused"))));
        Assert.True(health.Failed(new IOException("starting up")));
        Assert.False(health.Failed(new IOException("starting up")));
        health.Worked();
        Assert.True(health.Failed(new IOException("starting up")));
    }
}
