using BatchXai.Cli.Embedded;

namespace BatchXai.Cli.Output;

/// <summary>Progress of an audit in words.</summary>
internal static class AuditProgressText
{
    /// <summary>For instance "running: 1,200 of 6,000 images (20 %), 85.3 images/s, 56 s left, 2 failed".</summary>
    public static string Line(AuditProgress progress)
    {
        var state = State(progress);
        return progress.Items == 0
            ? state
            : $"{state}: {progress.Done:N0} of {progress.Items:N0} images ({Share(progress):P0}), {Figures(progress)}";
    }

    /// <summary>For instance "85.3 images/s, 56 s left, 2 failed".</summary>
    public static string Figures(AuditProgress progress)
    {
        List<string> figures = [];
        if (progress.ItemsPerSecond > 0)
        {
            figures.Add($"{progress.ItemsPerSecond:0.#} images/s");
        }

        if (progress.Remaining is { } remaining && progress.Done < progress.Items)
        {
            figures.Add($"{Duration(remaining)} left");
        }

        figures.Add($"{progress.Failed:N0} failed");
        return string.Join(", ", figures);
    }

    /// <summary>The state as a word.</summary>
    public static string State(AuditProgress progress) => progress.State.ToString().ToLowerInvariant();

    /// <summary>Share done, 0 … 1.</summary>
    public static double Share(AuditProgress progress) => progress.Items == 0 ? 0 : (double)progress.Done / progress.Items;

    /// <summary>For instance "56 s", "4 min 10 s", "3 h 05 min".</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => $"{Math.Ceiling(time.TotalSeconds):0} s",
        { TotalHours: < 1 } => $"{time.Minutes} min {time.Seconds:00} s",
        _ => $"{(int)time.TotalHours} h {time.Minutes:00} min",
    };
}
