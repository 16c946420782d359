namespace BatchXai.Cli.Selftest;

/// <summary>What the benchmark found; with --json, and in <c>results.json</c>, exactly this.</summary>
/// <param name="Profile">Name of the profile.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="Seconds">How long this run took; models that were done before are not in it.</param>
/// <param name="Bars">Every bar.</param>
/// <param name="Ablation">Detection by each score alone.</param>
/// <param name="Models">Every model.</param>
internal sealed record SelftestResult(
    string Profile, DateTimeOffset FinishedAt, double Seconds, IReadOnlyList<Bar> Bars, IReadOnlyList<ScoreDetection> Ablation, IReadOnlyList<ZooModelResult> Models)
{
    /// <summary>No bar that can be judged is missed.</summary>
    public bool Holds => Bars.All(bar => bar.Met != false);

    /// <summary>Draws the figures out of the models' results.</summary>
    public static SelftestResult Of(ZooProfile profile, IReadOnlyList<ZooModelResult> models, DateTimeOffset finishedAt, TimeSpan elapsed) => new(
        profile.Name, finishedAt, elapsed.TotalSeconds, Selftest.Bars.Of(models), [.. Selftest.Bars.Ablation(models).Select(row => new ScoreDetection(row.Score, row.Detection))], models);
}

/// <summary>Detection by one score.</summary>
/// <param name="Score">The score.</param>
/// <param name="Detection">How well it tells.</param>
internal sealed record ScoreDetection(string Score, Detection Detection);
