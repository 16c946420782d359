using BatchXai.Statistics;

namespace BatchXai.Cli.Planted;

/// <summary>Draws for images, out of a generator that gives the same numbers on every machine and is cheap to start anew for every image.</summary>
internal sealed class SeededRandom(ulong seed)
{
    private readonly SplitMix64 bits = new(unchecked((long)seed));

    /// <summary>A stream of its own for item <paramref name="index"/> of the set with this seed.</summary>
    public static SeededRandom For(int seed, long index) =>
        new(new SplitMix64(seed).Next() ^ unchecked((ulong)index * 0xD1342543DE82EF95UL));

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double Uniform(double low, double high) => low + ((high - low) * bits.NextUniform());

    /// <summary>Uniform in 0 … <paramref name="count"/> − 1.</summary>
    public int Below(int count) => bits.NextBelow(count);

    /// <summary>Standard normal, by Box and Muller.</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform(0, 1))) * Math.Cos(Uniform(0, 2 * Math.PI));

    /// <summary>The numbers 0 … <paramref name="count"/> − 1 in random order (Fisher–Yates).</summary>
    public long[] Permutation(int count)
    {
        var values = new long[count];
        for (var i = 0; i < count; i++)
        {
            var j = Below(i + 1);
            (values[i], values[j]) = (values[j], i);
        }

        return values;
    }
}
