namespace BatchXai.Attribution.Measures;

/// <summary>One pass over a raw heatmap: status, sums and maximum.</summary>
internal readonly record struct MapTotals(MapStatus Status, double Positive, double Negative, double Maximum)
{
    internal static MapTotals Of(ReadOnlySpan<float> map)
    {
        double positive = 0, negative = 0, maximum = double.NegativeInfinity;
        foreach (var value in map)
        {
            if (!float.IsFinite(value))
            {
                return new MapTotals(MapStatus.NonFinite, 0, 0, 0);
            }

            positive += Math.Max(value, 0);
            negative += Math.Max(-value, 0);
            maximum = Math.Max(maximum, value);
        }

        return new MapTotals(positive > 0 ? MapStatus.Ok : MapStatus.ZeroHeatmap, positive, negative, maximum);
    }

    /// <summary>exp(H)/N, H = −Σ q ln q with q = a⁺/Σa⁺.</summary>
    internal double EffectiveArea(ReadOnlySpan<float> map)
    {
        double entropy = 0;
        foreach (var value in map)
        {
            if (value > 0)
            {
                var share = value / Positive;
                entropy -= share * Math.Log(share);
            }
        }

        return Math.Exp(entropy) / map.Length;
    }
}
