namespace BatchXai.Statistics;

/// <summary>
/// Pseudo-random numbers by SplitMix64 (Steele, Lea and Flood 2014): 64 bits of state, passes BigCrush.
/// Chosen because seeded <see cref="Random"/> is not promised to give the same numbers in the next runtime, and figures must be repeatable for years.
/// </summary>
public sealed class SplitMix64
{
    private ulong state;

    /// <summary>Starts at a seed; every value is a good one.</summary>
    public SplitMix64(long seed) => state = unchecked((ulong)seed);

    /// <summary>
    /// A generator for one named figure: the seed mixed with the FNV-1a hash of the name. Figures then stay the same when others are added or
    /// computed in another order.
    /// </summary>
    public static SplitMix64 For(long seed, string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in name)
        {
            hash = unchecked((hash ^ character) * 1099511628211UL);
        }

        return new SplitMix64(unchecked(seed ^ (long)hash));
    }

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15UL;
            var z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }

    /// <summary>A whole number 0 … bound − 1. Multiply-shift: the bias is below bound · 2⁻⁶⁴.</summary>
    /// <param name="bound">Bound, &gt; 0.</param>
    public int NextBelow(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        return (int)Math.BigMul(Next(), (ulong)bound, out _);
    }

    /// <summary>A number in [0, 1) with 53 random bits.</summary>
    public double NextUniform() => (Next() >> 11) * (1.0 / (1UL << 53));
}
