using BatchXai.Statistics.Distributions;
using BatchXai.Statistics.Verdicts;

namespace BatchXai.Statistics.Tests.Verdicts;

internal static class Samples
{
    public static double Normal(SplitMix64 random) => NormalDistribution.Quantile(Math.Max(random.NextUniform(), 1e-15));

    /// <summary>κ with a long tail downwards.</summary>
    public static float[] Focus(SplitMix64 random, int n, double mean) =>
        [.. Enumerable.Range(0, n).Select(_ => (float)(mean + (0.2 * (1 + Math.Log(1 - random.NextUniform())))))];

    public static Estimate Around(double value, double half = 0.02, long n = 1000) => new(value, value - half, value + half, n);

    public static FillEvidence Fill(string name, Estimate? gap = null, Estimate? flips = null, Estimate? excess = null, Estimate? placebo = null) => new()
    {
        Fill = name,
        BackgroundGap = gap ?? Around(0),
        NetFlipRate = flips ?? Around(0),
        NoObjectExcess = excess ?? Around(0),
        PlaceboFlipRate = placebo ?? Around(0.03),
    };

    public static CausalEvidence Causal(Estimate? gap = null, Estimate? flips = null, Estimate? excess = null, Estimate? placebo = null) =>
        new(CausalMode.Full, [Fill("diffusion", gap, flips, excess, placebo), Fill("blur", gap, flips, excess, placebo)]);

    public static VerdictEvidence Evidence(CausalEvidence? causal = null) => new()
    {
        Checks = new AuditChecks { SanityPassed = true, Accuracy = Around(0.9), ChanceAccuracy = 0.1 },
        Maps = 1000,
        UsableMaps = 980,
        Focus = Around(0.4),
        ChanceEnergy = 0.3,
        Causal = causal ?? CausalEvidence.None,
    };

    public static ClassFlag Flag(bool flagged) => new("cat", 60, -0.2, -0.5, 0.001, 0.01, flagged);
}
