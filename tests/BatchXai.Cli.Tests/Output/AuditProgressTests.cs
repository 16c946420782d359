using BatchXai.Cli.Embedded;
using BatchXai.Cli.Output;
using BatchXai.Contracts.Audits;
using Xunit;

namespace BatchXai.Cli.Tests.Output;

public sealed class AuditProgressTests
{
    [Fact]
    public void Line_Running_TellsRateTimeLeftAndFailures() => Assert.Equal(
        "running: 1,200 of 6,000 images (20 %), 85.3 images/s, 57 s left, 2 failed",
        AuditProgressText.Line(new(AuditState.Running, 6_000, 1_200, 2, 85.34, TimeSpan.FromSeconds(56.3))));

    [Fact]
    public void Line_Planning_IsTheState() => Assert.Equal("planning", AuditProgressText.Line(new(AuditState.Planning, 0, 0, 0, 0, null)));

    [Theory]
    [InlineData(59, "59 s")]
    [InlineData(250, "4 min 10 s")]
    [InlineData(11_100, "3 h 05 min")]
    public void Duration_AnyLength_IsReadable(int seconds, string expected) => Assert.Equal(expected, AuditProgressText.Duration(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void PlainReport_ManyCalls_WritesAtStateChangesAndAfterPauses()
    {
        var clock = new ManualClock();
        var screen = new CapturedScreen();
        var progress = new PlainAuditProgress(screen.Screen, clock);
        progress.Report(new(AuditState.Planning, 0, 0, 0, 0, null));
        progress.Report(new(AuditState.Planning, 0, 0, 0, 0, null));
        progress.Report(new(AuditState.Running, 100, 10, 0, 1, null));
        clock.Seconds = 4;
        progress.Report(new(AuditState.Running, 100, 40, 0, 1, null));
        clock.Seconds = 6;
        progress.Report(new(AuditState.Running, 100, 60, 0, 1, null));
        var lines = screen.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["planning", "running: 10 of", "running: 60 of"], lines.Select(line => line.Length > 14 ? line[..14] : line));
    }

    private sealed class ManualClock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds;
    }
}
