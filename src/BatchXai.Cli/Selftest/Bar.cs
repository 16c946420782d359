namespace BatchXai.Cli.Selftest;

/// <summary>One figure of the benchmark beside what it must reach.</summary>
/// <param name="Measure">What is measured.</param>
/// <param name="Required">What it must reach, in words; null: reported without a bar.</param>
/// <param name="Measured">What was found, with its interval; or why nothing was.</param>
/// <param name="Met">Whether the bar holds; null: it cannot be judged, or there is none.</param>
internal sealed record Bar(string Measure, string? Required, string Measured, bool? Met)
{
    /// <summary>One word for people.</summary>
    public string Verdict => (Required, Met) switch
    {
        (_, true) => "met",
        (_, false) => "NOT MET",
        (null, _) => "–",
        _ => "not judged",
    };
}
