using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>TreeEnsembleClassifier, TreeEnsembleRegressor and TreeEnsemble. A step function of its features: no gradient.</summary>
internal static class TreeScores
{
    private static readonly string[] Aggregates = ["AVERAGE", "SUM", "MIN", "MAX"];
    private static readonly string[] Transforms = ["NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO", "PROBIT"];

    public static Kernel Regressor(OperatorContext context)
    {
        var node = context.Node;
        var sum = new TreeAggregate(TreeReader.ByNumber(node, "target"), node.Int("n_targets", 1), node.Text("aggregate_function", "SUM"), TreeReader.Numbers(node, "base_values"));
        var transform = PostTransform.Of(node);
        return inputs => [Run(inputs, sum, transform, OnnxElementType.Float)];
    }

    public static Kernel Ensemble(OperatorContext context)
    {
        var node = context.Node;
        var aggregate = Named(Aggregates, node.Int("aggregate_function", 1), "aggregate_function");
        var sum = new TreeAggregate(TreeReader.ByPosition(node), node.Int("n_targets", 1), aggregate, []);
        var transform = PostTransform.Of(Named(Transforms, node.Int("post_transform", 0), "post_transform"));
        return inputs => [Run(inputs, sum, transform, inputs[0].ElementType)];
    }

    /// <summary>Outputs labels and scores.</summary>
    public static Kernel Classifier(OperatorContext context)
    {
        var node = context.Node;
        var trees = TreeReader.ByNumber(node, "class");
        var labels = ClassLabels.Of(node, "classlabels_int64s", 0);
        var bases = TreeReader.Numbers(node, "base_values");
        var transform = PostTransform.Of(node);
        var sum = new TreeAggregate(trees, labels.Count, "SUM", labels.Count == 2 ? [] : bases);
        var binary = labels.Count == 2 ? new TwoClassScores(trees, bases, node.Text("post_transform", "NONE")) : null;
        return inputs =>
        {
            using var scope = torch.NewDisposeScope();
            using var x = FeatureMatrix.Rows(inputs.Tensor(0));
            var (totals, touched) = sum.Of(x, inputs.Settings);
            var scores = binary?.Of(totals, touched) ?? transform(totals);
            var winner = binary is null ? totals.argmax(1) : binary.Winner(totals, touched);
            var label = labels.At(winner, inputs.Settings);
            return [label.Kept(), scores.In(inputs.Settings.TypeOf(OnnxElementType.Float)).MoveToOuterDisposeScope()];
        };
    }

    private static Tensor Run(Arguments inputs, TreeAggregate sum, Func<Tensor, Tensor> transform, OnnxElementType type)
    {
        using var scope = torch.NewDisposeScope();
        var (totals, _) = sum.Of(FeatureMatrix.Rows(inputs.Tensor(0)), inputs.Settings);
        return transform(totals).In(inputs.Settings.TypeOf(type)).MoveToOuterDisposeScope();
    }

    private static string Named(string[] names, long index, string attribute)
        => index >= 0 && index < names.Length ? names[index] : throw new NotSupportedException($"{attribute}={index}");
}
