namespace BatchXai.Onnx.Operators;

/// <summary>Operators that select and encode features.</summary>
internal static class Features
{
    /// <summary>Replaces a value, often NaN, by one for all features or one each.</summary>
    public static Kernel Imputer(OperatorContext context)
    {
        var node = context.Node;
        var integers = node.Ints("imputed_value_int64s") is { Length: > 0 } whole ? AttributeTensor.Of(whole, whole.Length) : null;
        var imputed = integers ?? AttributeTensor.Of(AttributeTensor.Required(node, "imputed_value_floats"), node.Floats("imputed_value_floats")!.Length);
        double replaced = integers is null ? node.Float("replaced_value_float", 0) : node.Int("replaced_value_int64", 0);
        return inputs =>
        {
            var x = inputs.Tensor(0);
            using var missing = double.IsNaN(replaced) ? x.isnan() : x.eq(Held(replaced));
            using var values = imputed.Tensor(inputs.Settings).In(x.dtype);
            return [torch.where(missing, values, x)];
        };
    }

    /// <summary>1 above the threshold, else 0.</summary>
    public static Kernel Binarizer(OperatorContext context)
    {
        var threshold = context.Node.Float("threshold", 0);
        return inputs =>
        {
            using var above = inputs.Tensor(0).gt(Held(threshold));
            return [above.to(inputs.Tensor(0).dtype)];
        };
    }

    /// <summary>Joins the features of all inputs.</summary>
    public static Kernel Vectorizer(OperatorContext context) => inputs =>
    {
        using var scope = torch.NewDisposeScope();
        var parts = Enumerable.Range(0, inputs.Count).Select(index => FeatureMatrix.Of(inputs, index)).ToList();
        return [torch.cat(parts, 1).MoveToOuterDisposeScope()];
    };

    /// <summary>A new last axis with one element a category. Without <c>zeros=1</c> a value that is no category is an error.</summary>
    public static Kernel OneHot(OperatorContext context)
    {
        var categories = context.Node.Ints("cats_int64s") is { Length: > 0 } found ? found : throw new NotSupportedException("categories that are text");
        var constant = AttributeTensor.Of(categories, categories.Length);
        var zeros = context.Node.Int("zeros", 1) != 0;
        return inputs =>
        {
            using var whole = inputs.Tensor(0).to(torch.ScalarType.Int64);
            using var column = whole.unsqueeze(-1);
            using var hits = column.eq(constant.Tensor(inputs.Settings));
            using var known = hits.any(-1);
            using var all = known.all();
            return zeros || all.item<bool>()
                ? [hits.to(inputs.Settings.TypeOf(OnnxElementType.Float))]
                : throw new InvalidOperationException("a value that is none of the categories");
        };
    }

    /// <summary>ArrayFeatureExtractor: elements of the last axis at the indices of the second input. A vector gives one row.</summary>
    public static Kernel Extractor(OperatorContext context) => inputs =>
    {
        using var x = inputs.Tensor(0).Dimensions == 1 ? inputs.Tensor(0).unsqueeze(0) : inputs.Tensor(0).alias();
        using var indices = inputs.Tensor(1).reshape(-1);
        return [x.index_select(-1, indices)];
    };
}
