using BatchXai.Statistics.Distributions;

namespace BatchXai.Statistics.Ranks;

/// <summary>Wilcoxon's signed-rank test that paired differences lie symmetrically around 0 (Wilcoxon 1945, Biometrics Bulletin 1, 80–83).</summary>
public static class WilcoxonSignedRank
{
    /// <summary>Up to this many differences other than 0 the test is exact, if no two are tied.</summary>
    public const int ExactUpTo = 50;

    /// <summary>
    /// Two-sided p. Differences of 0 are dropped. Exact for few differences without ties; otherwise the normal limit with tie correction,
    /// variance (n(n+1)(2n+1) − Σ(t³ − t)/2) / 24, and continuity correction ½. Nothing left gives 1.
    /// </summary>
    /// <param name="differences">First − second of each pair, none NaN.</param>
    public static double PValue(ReadOnlySpan<float> differences)
    {
        var kept = new List<float>(differences.Length);
        foreach (var difference in differences)
        {
            if (difference != 0)
            {
                kept.Add(difference);
            }
        }

        var sizes = new float[kept.Count];
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = Math.Abs(kept[i]);
        }

        var ranks = Midranks.Of(sizes, out var ties);
        var above = 0.0;
        for (var i = 0; i < ranks.Length; i++)
        {
            above += kept[i] > 0 ? ranks[i] : 0;
        }

        var n = (double)ranks.Length;
        var smaller = Math.Min(above, (n * (n + 1) / 2) - above);
        return n == 0 ? 1
            : n <= ExactUpTo && ties == 0 ? Math.Min(1, 2 * ExactLowerTail((int)n, (int)smaller))
            : NormalLimit(n, smaller, ties);
    }

    private static double NormalLimit(double n, double smaller, double ties)
    {
        var deviation = Math.Sqrt(((n * (n + 1) * ((2 * n) + 1)) - (ties / 2)) / 24);
        var distance = Math.Max(0, (n * (n + 1) / 4) - smaller - 0.5);
        return Math.Min(1, 2 * NormalDistribution.UpperTail(distance / deviation));
    }

    // P(W ≤ w): each rank is in the sum or not, with equal probability.
    private static double ExactLowerTail(int n, int w)
    {
        var share = new double[w + 1];
        share[0] = 1;
        for (var rank = 1; rank <= n; rank++)
        {
            for (var sum = w; sum >= 0; sum--)
            {
                share[sum] = (share[sum] + (sum >= rank ? share[sum - rank] : 0)) / 2;
            }
        }

        return share.Sum();
    }
}
