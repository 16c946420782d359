namespace BatchXai.Attribution.Measures;

/// <summary>Energy-based pointing game (Wang et al. 2020, Score-CAM): E(a, m) = Σ a⁺m / Σ a⁺.</summary>
internal static class Energy
{
    /// <summary>E of a map that has positive mass, 0 … 1.</summary>
    internal static double Inside(ReadOnlySpan<float> map, ReadOnlySpan<float> mask)
    {
        double inside = 0, all = 0;
        for (var i = 0; i < map.Length; i++)
        {
            double positive = Math.Max(map[i], 0);
            all += positive;
            inside += positive * mask[i];
        }

        return Math.Min(inside / all, 1);
    }
}
