using BatchXai.Contracts.Results;

namespace BatchXai.Storage.Causal;

/// <summary>Which tested items are worth a picture: those whose answer, right or of an item without a label, the background of another class turns.</summary>
public static class EvidenceRule
{
    /// <summary>Items of one run of which pictures are kept.</summary>
    public const int MostOfRun = 6;

    /// <summary>Items that a report shows.</summary>
    public const int MostOfReport = 12;

    /// <summary>The fill that the pictures are made with: it shows fewer traces of the object than the other.</summary>
    public const CausalFill Fill = CausalFill.Diffusion;

    /// <summary>Whether a change of the item's answer says something: it was right, or there is no label. What was wrong says little by changing, and an item of a class that the model does not know is always wrong.</summary>
    /// <param name="row">Any row of the item.</param>
    public static bool Counts(CausalResult row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.CorrectBefore ?? row.Label is null;
    }

    /// <summary>Whether the answer turns with every fill while no placebo changes it; null: it does not count (<see cref="Counts"/>), or some of these tests were not made.</summary>
    /// <param name="rows">All rows of one item.</param>
    public static bool? Turns(IReadOnlyCollection<CausalResult> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var known = rows.Where(row => Counts(row) && row is { Flipped: not null, Test: CausalTest.MixedRand or CausalTest.Placebo }).ToList();
        return known.Count == 2 * Enum.GetValues<CausalFill>().Length ? known.All(row => row.Flipped == (row.Test == CausalTest.MixedRand)) : null;
    }
}
