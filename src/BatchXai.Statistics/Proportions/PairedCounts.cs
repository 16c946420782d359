namespace BatchXai.Statistics.Proportions;

/// <summary>Items on which two questions were asked, each answered with yes or no: the four cells of the paired table.</summary>
/// <param name="Both">Yes to both.</param>
/// <param name="OnlyFirst">Yes to the first only.</param>
/// <param name="OnlySecond">Yes to the second only.</param>
/// <param name="Neither">No to both.</param>
public readonly record struct PairedCounts(long Both, long OnlyFirst, long OnlySecond, long Neither)
{
    /// <summary>Number of items.</summary>
    public long N => Both + OnlyFirst + OnlySecond + Neither;

    /// <summary>Yes to the first question.</summary>
    public long First => Both + OnlyFirst;

    /// <summary>Yes to the second question.</summary>
    public long Second => Both + OnlySecond;

    /// <summary>The counts with one item more.</summary>
    public PairedCounts Plus(bool first, bool second) => (first, second) switch
    {
        (true, true) => this with { Both = Both + 1 },
        (true, false) => this with { OnlyFirst = OnlyFirst + 1 },
        (false, true) => this with { OnlySecond = OnlySecond + 1 },
        _ => this with { Neither = Neither + 1 },
    };
}
