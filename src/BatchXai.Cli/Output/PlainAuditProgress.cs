using BatchXai.Cli.Embedded;
using BatchXai.Contracts.Audits;

namespace BatchXai.Cli.Output;

/// <summary>Progress as plain lines, for pipes and logs: at every change of state, and every few seconds while images are explained.</summary>
internal sealed class PlainAuditProgress(Screen screen, TimeProvider clock) : IProgress<AuditProgress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly Lock gate = new();
    private AuditState? state;
    private long written;

    /// <inheritdoc/>
    public void Report(AuditProgress value)
    {
        lock (gate)
        {
            if (value.State == state && clock.GetElapsedTime(written) < Pause)
            {
                return;
            }

            (state, written) = (value.State, clock.GetTimestamp());
            screen.Note(AuditProgressText.Line(value));
        }
    }
}
