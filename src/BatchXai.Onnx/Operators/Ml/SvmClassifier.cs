using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// SVMClassifier as ONNX Runtime computes it. With support vectors every pair of classes votes; the scores are the pairs' decision values, of two classes
/// −s and s, or with Platt's parameters (prob_a, prob_b) class probabilities. Without support vectors the model is linear, one score a class.
/// </summary>
internal static class SvmClassifier
{
    public static Kernel Bind(OperatorContext context)
    {
        var node = context.Node;
        var labels = ClassLabels.Of(node, "classlabels_ints", 0);
        return node.Ints("vectors_per_class") is { Length: > 0 } counts && counts.Sum() > 0 ? Pairs(node, labels, counts) : Linear(node, labels);
    }

    private static Kernel Linear(OnnxNode node, ClassLabels labels)
    {
        var weights = AttributeTensor.Required(node, "coefficients");
        var vectors = new SupportVectors(node, weights, Math.Max(1, labels.Count), linear: true);
        var rho = AttributeTensor.Required(node, "rho")[0];
        var transform = PostTransform.Of(node);

        // Of two classes, the second wins as soon as any score is positive, or one half where no weight is negative.
        var threshold = weights.All(weight => weight >= 0) ? 0.5 : double.Epsilon;
        return inputs =>
        {
            using var scope = torch.NewDisposeScope();
            var x = FeatureMatrix.Of(inputs, 0);
            var scores = vectors.Compare(x, inputs.Settings).Plus(Held(rho));
            var winner = scores.argmax(1);
            winner = labels.Count == 2 ? scores.amax([1]).ge(Held(threshold)).to(torch.ScalarType.Int64).maximum(winner) : winner;
            return [labels.At(winner, inputs.Settings).Kept(), transform(scores.In(x.dtype)).MoveToOuterDisposeScope()];
        };
    }

    private static Kernel Pairs(OnnxNode node, ClassLabels labels, long[] counts)
    {
        var votes = new PairVotes(node, counts);
        var vectors = new SupportVectors(node, AttributeTensor.Required(node, "support_vectors"), counts.Sum());
        var probabilities = node.Floats("prob_a") is { Length: > 0 } slopes ? new PairProbabilities(counts.Length, slopes, node.Floats("prob_b") ?? []) : null;
        var name = node.Text("post_transform", "NONE");
        var transform = PostTransform.Of(name);
        return inputs =>
        {
            using var scope = torch.NewDisposeScope();
            var x = FeatureMatrix.Of(inputs, 0);
            var decisions = votes.Decide(vectors.Compare(x, inputs.Settings), inputs.Settings);
            var scores = probabilities?.Of(decisions, inputs.Settings)
                ?? (counts.Length > 2 ? decisions : torch.cat([name == "NONE" ? decisions.neg() : decisions.neg().Plus(Held(1)), decisions], 1));

            // ONNX Runtime leaves the two scores of a single decision as they are, whatever the transform.
            var transformed = probabilities is null && counts.Length <= 2 && name != "PROBIT" ? scores : transform(scores);
            return [labels.At(votes.Winner(decisions), inputs.Settings).Kept(), transformed.In(x.dtype).MoveToOuterDisposeScope()];
        };
    }
}
