using BatchXai.Attribution.Causal;
using BatchXai.Contracts.Results;
using CausalTest = BatchXai.Contracts.Results.CausalTest;

namespace BatchXai.Worker.Causal;

/// <summary>From the words of the science to the words that travel: every item that takes part has one row a test and fill.</summary>
internal static class CausalRows
{
    /// <summary>The rows of one item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="outcomes">What the tests gave for it.</param>
    public static IEnumerable<CausalResult> Of(CausalItem item, IEnumerable<CausalOutcome> outcomes)
    {
        var known = outcomes.ToDictionary(outcome => (Word(outcome.Test), Word(outcome.Fill)));
        return
            from test in Enum.GetValues<CausalTest>()
            from fill in Enum.GetValues<CausalFill>()
            select Row(item, test, fill, known.GetValueOrDefault((test, fill)));
    }

    private static CausalResult Row(CausalItem item, CausalTest test, CausalFill fill, CausalOutcome? outcome) => new()
    {
        Item = item.Item.Index,
        Label = item.Item.Label,
        Split = item.Item.Split,
        Group = item.Item.Group,
        MaskKind = item.MaskKind,
        Test = test,
        Fill = fill,
        Status = outcome switch
        {
            { Predicted: not null } => CausalStatus.Ok,
            not null => CausalStatus.NonFinite,
            null => item.Image.HasBackground ? CausalStatus.NoDonor : CausalStatus.NoBackground,
        },
        Donor = test switch
        {
            CausalTest.MixedSame => item.SameDonor?.Item.Index,
            CausalTest.MixedRand => item.RandDonor?.Item.Index,
            _ => null,
        },
        CorrectBefore = item.Prediction.Correct,
        ProbabilityBefore = item.Prediction.LabelProbability ?? item.Prediction.Confidence,
        Predicted = outcome?.Predicted,
        Confidence = outcome?.Confidence,
        Correct = outcome?.Correct,
        Probability = outcome?.Probability,
        Flipped = outcome?.Flipped,
    };

    /// <summary>The word that travels for a test.</summary>
    public static CausalTest Word(Attribution.Causal.CausalTest test) => test switch
    {
        Attribution.Causal.CausalTest.Placebo => CausalTest.Placebo,
        Attribution.Causal.CausalTest.MixedSame => CausalTest.MixedSame,
        Attribution.Causal.CausalTest.MixedRand => CausalTest.MixedRand,
        Attribution.Causal.CausalTest.ObjectRemoved => CausalTest.ObjectRemoved,
        _ => CausalTest.BackgroundBlurred,
    };

    /// <summary>How a fill is made.</summary>
    public static FillStyle Style(CausalFill fill) => fill == CausalFill.Diffusion ? FillStyle.Diffusion : FillStyle.Blur;

    private static CausalFill Word(FillStyle fill) => fill == FillStyle.Diffusion ? CausalFill.Diffusion : CausalFill.Blur;
}
