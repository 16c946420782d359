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
        var prediction = Predict(reader, scores, labels);
        if (!prediction.IsFinite)
        {
            return (prediction, []);
        }

        var targets = new List<Target>(2);
        if (!request.Loss && request.Targets != TargetMode.Label)
        {
            targets.Add(new Target(row, "predicted", prediction.Predicted!.Value));
        }

        if (prediction.Correct is { } correct && (request.Loss || request.Targets == TargetMode.Label || (request.Targets == TargetMode.Both && !correct)))
        {
            targets.Add(new Target(row, "label", Best(scores, labels!)));
        }

        return (prediction, targets);
    }

    /// <summary>What the scores of one row say.</summary>
    internal static ItemPrediction Predict(ScoreReader reader, ReadOnlySpan<float> scores, IReadOnlyList<int>? labels)
    {
        foreach (var score in scores)
        {
            if (!float.IsFinite(score))
            {
                return ItemPrediction.NonFinite;
            }
        }

        var (predicted, probabilities) = (Best(scores, Enumerable.Range(0, scores.Length)), reader.Probabilities(scores));
        return labels is { Count: > 0 }
            ? new(true, predicted, probabilities[predicted], labels.Contains(predicted), Math.Min(1, labels.Distinct().Sum(output => probabilities[output])))
            : new(true, predicted, probabilities[predicted], null, null);
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
