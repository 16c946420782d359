using BatchXai.Contracts.Results;

namespace BatchXai.Storage.Causal;

/// <summary>Which tested items are worth a picture: those whose right, or unchecked, answer the background of another class turns.</summary>
public static class EvidenceRule
{
    /// <summary>Items of one run of which pictures are kept.</summary>
    public const int MostOfRun = 6;

    /// <summary>Items that a report shows.</summary>
    public const int MostOfReport = 12;

    /// <summary>The fill that the pictures are made with: it shows fewer traces of the object than the other.</summary>
    public const CausalFill Fill = CausalFill.Diffusion;

    /// <summary>Whether the answer turns with every fill while no placebo changes it; null: it was wrong before, or some of these tests were not made.</summary>
    /// <param name="rows">All rows of one item.</param>
    public static bool? Turns(IReadOnlyCollection<CausalResult> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var known = rows.Where(row => row is { CorrectBefore: not false, Flipped: not null, Test: CausalTest.MixedRand or CausalTest.Placebo }).ToList();
        return known.Count == 2 * Enum.GetValues<CausalFill>().Length ? known.All(row => row.Flipped == (row.Test == CausalTest.MixedRand)) : null;
    }
}
