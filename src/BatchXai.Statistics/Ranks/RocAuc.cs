namespace BatchXai.Statistics.Ranks;

/// <summary>Area under the ROC curve: P(positive scores higher) + ½·P(tie), 0 … 1, by chance .5 (Hanley and McNeil 1982, Radiology 143, 29–36).</summary>
public static class RocAuc
{
    /// <summary>The area from midranks, the Mann-Whitney form; null when a side is empty.</summary>
    /// <param name="positives">Scores of positives, none NaN.</param>
    /// <param name="negatives">Scores of negatives, none NaN.</param>
    public static double? Of(ReadOnlySpan<float> positives, ReadOnlySpan<float> negatives) => (CliffDelta.Of(positives, negatives) + 1) / 2;

    /// <summary>
    /// Percentile bootstrap of the area, positives and negatives resampled apart; null when a side has fewer than two. Scores that are
    /// separated without exception give [1, 1]: then <see cref="Proportions.ClopperPearson"/> of the errors is the bound to quote.
    /// </summary>
    /// <param name="positives">Scores of positives, none NaN.</param>
    /// <param name="negatives">Scores of negatives, none NaN.</param>
    /// <param name="random">Source of the draws.</param>
    /// <param name="resamples">Number of resamples, ≥ 100.</param>
    /// <param name="confidence">Coverage, 0 &lt; confidence &lt; 1.</param>
    public static ConfidenceInterval? Interval(
        ReadOnlySpan<float> positives,
        ReadOnlySpan<float> negatives,
        SplitMix64 random,
        int resamples = Bootstrap.DefaultResamples,
        double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 100);
        if (positives.Length < 2 || negatives.Length < 2)
        {
            return null;
        }

        // Ranked once: a resample only says how often each score was drawn, and is then read off in order.
        float[] scores = [.. positives, .. negatives];
        var places = new int[scores.Length];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = i;
        }

        Array.Sort(scores, places);
        var drawn = new int[scores.Length];
        var areas = new double[resamples];
        for (var r = 0; r < resamples; r++)
        {
            Array.Clear(drawn);
            Draw(drawn.AsSpan(0, positives.Length), random);
            Draw(drawn.AsSpan(positives.Length), random);
            areas[r] = Area(scores, places, drawn, positives.Length);
        }

        return Bootstrap.Percentiles(areas, confidence);
    }

    private static void Draw(Span<int> drawn, SplitMix64 random)
    {
        for (var i = 0; i < drawn.Length; i++)
        {
            drawn[random.NextBelow(drawn.Length)]++;
        }
    }

    private static double Area(float[] scores, int[] places, int[] drawn, int positives)
    {
        double below = 0, area = 0;
        for (int start = 0, end; start < scores.Length; start = end)
        {
            long up = 0, down = 0;
            for (end = start; end < scores.Length && scores[end] == scores[start]; end++)
            {
                var place = places[end];
                up += place < positives ? drawn[place] : 0;
                down += place < positives ? 0 : drawn[place];
            }

            area += up * (below + (down / 2.0));
            below += down;
        }

        return area / ((double)positives * (scores.Length - positives));
    }
}
