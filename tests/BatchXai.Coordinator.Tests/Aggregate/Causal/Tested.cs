using BatchXai.Contracts.Results;

namespace BatchXai.Coordinator.Tests.Aggregate.Causal;

/// <summary>Hand-made rows of causal tests.</summary>
internal static class Tested
{
    /// <summary>Items of two classes in turn, with every test; what is predicted in a test depends on label and test.</summary>
    public static IEnumerable<CausalResult> Items(int count, Func<int, CausalTest, int> predicted) =>
        from item in Enumerable.Range(0, count)
        from test in Enum.GetValues<CausalTest>()
        let label = item % 2
        let right = predicted(label, test) == label
        select new CausalResult
        {
            Item = item,
            Label = $"c{label}",
            Split = "all",
            MaskKind = MaskKind.Mask,
            Test = test,
            Fill = CausalFill.Diffusion,
            Status = CausalStatus.Ok,
            CorrectBefore = true,
            ProbabilityBefore = .9,
            Predicted = predicted(label, test),
            Confidence = .9,
            Correct = right,
            Probability = right ? .9 : .1,
            Flipped = !right,
        };
}
