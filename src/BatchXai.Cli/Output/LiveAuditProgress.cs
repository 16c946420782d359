using BatchXai.Cli.Embedded;
using Spectre.Console;

namespace BatchXai.Cli.Output;

/// <summary>Progress redrawn in place: a bar, the rate, the time left and the failures so far.</summary>
internal sealed class LiveAuditProgress(ProgressTask bar) : IProgress<AuditProgress>
{
    /// <inheritdoc/>
    public void Report(AuditProgress value)
    {
        bar.IsIndeterminate = value.Items == 0;
        bar.MaxValue = Math.Max(1, value.Items);
        bar.Value = value.Done;
        bar.Description = Markup.Escape($"{AuditProgressText.State(value)}  {value.Done:N0}/{value.Items:N0}  {AuditProgressText.Figures(value)}");
    }

    /// <summary>Runs an audit under the view that suits the screen.</summary>
    public static Task<T> WatchAsync<T>(Screen screen, TimeProvider clock, Func<IProgress<AuditProgress>, Task<T>> audit) =>
        screen.Interactive
            ? screen.Progress.Progress()
                .Columns(new SpinnerColumn(), new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
                .StartAsync(context => audit(new LiveAuditProgress(context.AddTask("starting"))))
            : audit(new PlainAuditProgress(screen, clock));
}
