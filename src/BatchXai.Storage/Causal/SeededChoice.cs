namespace BatchXai.Storage.Causal;

/// <summary>
/// Random choices that depend on the seed and on what is chosen, and on nothing else: not on the order in which items come, on their shard, or on the machine. Each is the
/// FNV-1a hash of its purpose, mixed with numbers by the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
/// </summary>
public static class SeededChoice
{
    /// <summary>64 random bits.</summary>
    /// <param name="seed">The audit's seed.</param>
    /// <param name="purpose">What is chosen: choices of different purposes are independent.</param>
    /// <param name="item">The item that it is chosen for.</param>
    /// <param name="other">The item that may be chosen.</param>
    public static ulong Bits(int seed, string purpose, long item, long other = 0)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        var hash = 14695981039346656037UL;
        foreach (var character in purpose)
        {
            hash = unchecked((hash ^ character) * 1099511628211UL);
        }

        return Mix(Mix(Mix(hash ^ (uint)seed) ^ (ulong)item) ^ (ulong)other);
    }

    /// <summary>A random number in [0, 1).</summary>
    public static double Uniform(int seed, string purpose, long item) => (Bits(seed, purpose, item) >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong state)
    {
        unchecked
        {
            var z = state + 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
