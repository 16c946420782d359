using BatchXai.Contracts.Results;

namespace BatchXai.Coordinator.Tests.Data;

/// <summary>Rows of causal tests of every sort, drawn by seed.</summary>
internal static class CausalSample
{
    /// <summary>
    /// Items of a class with one output, of one with two, of a rare one, of one that the model does not know, and without a label; masks and boxes; tests that
    /// could not be made, and answers that are not known.
    /// </summary>
    public static IReadOnlyList<CausalResult> Rows(int items)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, items).SelectMany(item => Item(item, random))];
    }

    private static IEnumerable<CausalResult> Item(int item, Random random)
    {
        var label = item % 40 == 0 ? "rare" : (item % 10) switch { 8 => "unknown", 9 => null, var one => one < 4 ? "cat" : "dog" };
        int[] outputs = label switch { "cat" => [0], "dog" => [1, 2], "rare" => [3], _ => [] };
        var kind = item % 7 == 0 ? MaskKind.Boxes : MaskKind.Mask;
        var before = outputs.Length > 0 && random.Next(3) > 0 ? outputs[0] : random.Next(4);
        foreach (var fill in Enum.GetValues<CausalFill>())
        {
            foreach (var test in Enum.GetValues<CausalTest>())
            {
                var status = random.Next(8) == 0 ? CausalStatus.NoDonor : label == "rare" && test == CausalTest.MixedRand ? CausalStatus.NonFinite : CausalStatus.Ok;
                var made = status == CausalStatus.Ok;
                // Without its object most things are called a cat; pasting alone turns few answers, and the right one is likelier on a background of the class.
                var predicted = test switch
                {
                    CausalTest.ObjectRemoved => Math.Max(0, random.Next(-3, 4)),
                    CausalTest.Placebo when random.Next(6) > 0 => before,
                    _ when outputs.Length > 0 && random.Next(test == CausalTest.MixedSame ? 5 : 2) > 0 => outputs[random.Next(outputs.Length)],
                    _ => random.Next(4),
                };
                yield return new()
                {
                    Item = item,
                    Label = label,
                    Split = item % 3 == 0 ? "val" : "train",
                    MaskKind = kind,
                    Test = test,
                    Fill = fill,
                    Status = status,
                    CorrectBefore = outputs.Length == 0 ? null : outputs.Contains(before),
                    ProbabilityBefore = .5,
                    Predicted = made ? predicted : null,
                    Confidence = made ? .5 : null,
                    Correct = made && outputs.Length > 0 ? outputs.Contains(predicted) : null,
                    Probability = made ? .5 : null,
                    Flipped = made ? predicted != before && !(outputs.Contains(predicted) && outputs.Contains(before)) : null,
                };
            }
        }
    }
}
