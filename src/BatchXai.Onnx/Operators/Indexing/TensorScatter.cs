namespace BatchXai.Onnx.Operators;

/// <summary>TensorScatter: writes an update into a cache along a sequence axis, from an index that each sample of the batch has; <c>mode=circular</c> goes on at the beginning.</summary>
internal static class TensorScatter
{
    public static Kernel Bind(OperatorContext context)
    {
        var axis = context.Node.Int("axis", -2);
        var circular = context.Node.Text("mode", "linear") switch
        {
            "linear" => false,
            "circular" => true,
            var mode => throw new NotSupportedException($"mode={mode}"),
        };
        return inputs =>
        {
            var (cache, update) = (inputs.Tensor(0), inputs.Tensor(1));
            var rank = (int)cache.Dimensions;
            var dim = Axes.Normalize(axis, rank);
            using var steps = Arange(update.shape[dim], cache.device);
            using var along = steps.reshape([-1, .. Enumerable.Repeat(1L, rank - dim - 1)]);
            using var starts = inputs.Has(2) ? inputs.Tensor(2).to(torch.ScalarType.Int64, copy: true) : torch.zeros(cache.shape[0], torch.ScalarType.Int64, cache.device);
            using var startOfEach = starts.reshape([-1, .. Enumerable.Repeat(1L, rank - 1)]);
            using var places = startOfEach.Plus(along);
            using var round = circular ? places.remainder(Held(cache.shape[dim])) : places.alias();
            using var positions = Indices.Positions(round, cache.shape[dim]);
            using var expanded = positions.expand(update.shape);
            return [cache.scatter(dim, expanded, update)];
        };
    }
}
