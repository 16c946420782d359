using BatchXai.Contracts.Results;

namespace BatchXai.Clusters.Comparison;

/// <summary>How the rows of an audit's causal tests differ from those of the same audit undisturbed.</summary>
public static class CausalComparison
{
    private const double OfProbabilities = 1e-4;

    /// <summary>What differs, a line each. Probabilities are within 1e-4; of two classes that are as good as equal either may be predicted, in one row of a hundred.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<CausalResult> expected, IReadOnlyList<CausalResult> actual)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        if (expected.Count != actual.Count)
        {
            return [$"there are {actual.Count} rows, expected {expected.Count}"];
        }

        List<string> different = [.. expected.Zip(actual).Where(pair => Words(pair.First) != Words(pair.Second) || !AreNear(pair.First, pair.Second)).Select(pair => $"{pair.Second}, expected {pair.First}")];
        var turned = expected.Zip(actual).Count(pair => (pair.First.Predicted, pair.First.Correct, pair.First.Flipped) != (pair.Second.Predicted, pair.Second.Correct, pair.Second.Flipped));
        return turned * 100 <= expected.Count ? different : [.. different, $"{turned} predictions differ"];
    }

    private static CausalResult Words(CausalResult row) => row with { Predicted = null, Correct = null, Flipped = null, Confidence = null, Probability = null, ProbabilityBefore = null };

    private static bool AreNear(CausalResult expected, CausalResult actual) =>
        IsNear(expected.Confidence, actual.Confidence) && IsNear(expected.Probability, actual.Probability) && IsNear(expected.ProbabilityBefore, actual.ProbabilityBefore);

    private static bool IsNear(double? expected, double? actual) => expected is { } wanted && actual is { } found ? Math.Abs(wanted - found) <= OfProbabilities : expected == actual;
}
