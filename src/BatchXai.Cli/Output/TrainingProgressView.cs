using BatchXai.Cli.Planted;
using Spectre.Console;

namespace BatchXai.Cli.Output;

/// <summary>Progress of a training: a bar that is redrawn in place, or a line an epoch.</summary>
internal static class TrainingProgressView
{
    /// <summary>Runs trainings side by side, each with a progress of its own, under the view that suits the screen.</summary>
    public static Task<T> WatchAsync<T>(Screen screen, IReadOnlyList<string> names, Func<IReadOnlyList<IProgress<TrainingProgress>>, Task<T>> trainings) =>
        screen.Interactive
            ? screen.Progress.Progress()
                .Columns(new SpinnerColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
                .StartAsync(context => trainings([.. names.Select(name => Bar(context, name))]))
            : trainings([.. names.Select(name => new Reporter(progress => screen.Note($"     {Line(name, progress)}")))]);

    private static Reporter Bar(ProgressContext context, string name)
    {
        var bar = context.AddTask($"{name}: drawing training images");
        return new Reporter(progress =>
        {
            bar.MaxValue = progress.Epochs;
            bar.Value = progress.Epoch;
            bar.Description = Line(name, progress);
        });
    }

    private static string Line(string name, TrainingProgress progress) => $"{name}: epoch {progress.Epoch} of {progress.Epochs}: accuracy {progress.Accuracy:P0}";

    /// <summary>Unlike <see cref="Progress{T}"/>, on the thread of the training and therefore in order.</summary>
    private sealed class Reporter(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
