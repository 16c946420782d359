using BatchXai.Attribution.Models;

namespace BatchXai.Attribution.Methods;

/// <summary>One heatmap to make for one row of the batch, whatever the methods.</summary>
/// <param name="Row">Row of the batch.</param>
/// <param name="Reason">"predicted" or "label".</param>
/// <param name="Output">The explained class.</param>
internal sealed record Target(int Row, string Reason, int Output)
{
    /// <summary>The prediction of one row and the targets that follow from it, at most two.</summary>
    internal static (ItemPrediction Prediction, List<Target> Targets) Choose(ScoreReader reader, int row, ReadOnlySpan<float> scores, IReadOnlyList<int>? labels, ExplainRequest request)
    {
        foreach (var score in scores)
        {
            if (!float.IsFinite(score))
            {
                return (new ItemPrediction(false, null, null, null), []);
            }
        }

        var predicted = Best(scores, Enumerable.Range(0, scores.Length));
        var isLabelled = labels is { Count: > 0 };
        bool? correct = isLabelled ? labels!.Contains(predicted) : null;
        var targets = new List<Target>(2);
        if (!request.Loss && request.Targets != TargetMode.Label)
        {
            targets.Add(new Target(row, "predicted", predicted));
        }

        if (isLabelled && (request.Loss || request.Targets == TargetMode.Label || (request.Targets == TargetMode.Both && correct == false)))
        {
            targets.Add(new Target(row, "label", Best(scores, labels!)));
        }

        return (new ItemPrediction(true, predicted, reader.Probabilities(scores)[predicted], correct), targets);
    }

    private static int Best(ReadOnlySpan<float> scores, IEnumerable<int> outputs)
    {
        var best = -1;
        foreach (var output in outputs)
        {
            best = best < 0 || scores[output] > scores[best] ? output : best;
        }

        return best;
    }
}
