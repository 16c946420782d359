using System.Diagnostics;
using BatchXai.Cli.Embedded;
using BatchXai.Contracts.Audits;

namespace BatchXai.Benchmarks;

/// <summary>Seconds since the start, and seconds spent in the running state.</summary>
internal sealed class PhaseClock : IProgress<AuditProgress>
{
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private double runningSince = double.NaN;
    private double runningUntil = double.NaN;

    public double Whole => clock.Elapsed.TotalSeconds;

    public double Running => runningUntil - runningSince;

    public void Report(AuditProgress value)
    {
        var now = clock.Elapsed.TotalSeconds;
        runningSince = double.IsNaN(runningSince) && value.State >= AuditState.Running ? now : runningSince;
        runningUntil = double.IsNaN(runningUntil) && value.State > AuditState.Running ? now : runningUntil;
    }
}
