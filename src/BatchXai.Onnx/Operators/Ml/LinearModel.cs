using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>LinearClassifier and LinearRegressor: x·Wᵀ + b, then the post transform.</summary>
internal static class LinearModel
{
    /// <summary>Outputs labels and scores. Two classes with one score s give 1 − s and s, as in ONNX Runtime.</summary>
    public static Kernel Classifier(OperatorContext context)
    {
        var node = context.Node;
        var (weights, bias) = (AttributeTensor.Required(node, "coefficients"), node.Floats("intercepts") ?? []);
        var labels = ClassLabels.Of(node, "classlabels_ints", bias.Length);
        var rows = bias.Length > 0 ? bias.Length : Math.Max(1, labels.Count);
        var (matrix, offset) = (AttributeTensor.Of(weights, rows, weights.Length / rows), Offset(bias, rows));
        var transform = PostTransform.Of(node);
        var second = rows == 1 && labels.Count == 2;
        return inputs =>
        {
            using var x = FeatureMatrix.Of(inputs, 0);
            using var scores = F.linear(x, matrix.Tensor(inputs.Settings), offset?.Tensor(inputs.Settings));
            using var winner = Winner(scores);
            using var transformed = transform(scores);
            return [labels.At(winner, inputs.Settings), second ? WithSecond(transformed) : transformed.alias()];
        };
    }

    public static Kernel Regressor(OperatorContext context)
    {
        var node = context.Node;
        var (weights, bias, targets) = (AttributeTensor.Required(node, "coefficients"), node.Floats("intercepts") ?? [], node.Int("targets", 1));
        var (matrix, offset) = (AttributeTensor.Of(weights, targets, weights.Length / targets), Offset(bias, targets));
        var transform = PostTransform.Of(node);
        return inputs =>
        {
            using var x = FeatureMatrix.Of(inputs, 0);
            using var scores = F.linear(x, matrix.Tensor(inputs.Settings), offset?.Tensor(inputs.Settings));
            return [transform(scores)];
        };
    }

    private static Value? Offset(float[] bias, long rows) => bias.Length == rows ? AttributeTensor.Of(bias, rows) : null;

    private static Tensor Winner(Tensor scores)
    {
        if (scores.shape[1] > 1)
        {
            return scores.argmax(1);
        }

        using var positive = scores.gt(Held(0));
        using var column = positive.squeeze(1);
        return column.to(torch.ScalarType.Int64);
    }

    private static Tensor WithSecond(Tensor score)
    {
        using var negative = score.neg();
        using var other = negative.Plus(Held(1));
        return torch.cat([other, score], 1);
    }
}
