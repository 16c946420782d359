namespace BatchXai.Statistics.Tests.Clusters;

/// <summary>Heatmaps of 7×7 made of blobs, each adding up to 1.</summary>
internal static class Blobs
{
    private const int Side = 7;

    /// <summary>A blob of spread .9 cells on noise.</summary>
    /// <param name="y">Its row, from 0.</param>
    /// <param name="x">Its column.</param>
    /// <param name="random">Draws the noise.</param>
    /// <param name="noise">Highest noise beside the blob's 1.</param>
    public static float[] At(double y, double x, SplitMix64 random, double noise = .05)
    {
        var map = Enumerable.Range(0, Side * Side).Select(i =>
        {
            var (row, column) = Math.DivRem(i, Side);
            var squares = ((row - y) * (row - y)) + ((column - x) * (column - x));
            return Math.Exp(-squares / (2 * .9 * .9)) + (noise * random.NextUniform());
        }).ToArray();
        return Array.ConvertAll(map, value => (float)(value / map.Sum()));
    }

    /// <summary>A blob anywhere.</summary>
    public static float[] Anywhere(SplitMix64 random) => At(Side * random.NextUniform(), Side * random.NextUniform(), random);

    /// <summary>No blob.</summary>
    public static float[] Noise(SplitMix64 random) => At(-20, -20, random, 1);
}
