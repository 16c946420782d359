namespace BatchXai.Onnx.Operators;

/// <summary>GatherElements: each element of the indices chooses along one axis, at its own place on the others.</summary>
internal static class GatherElements
{
    public static Kernel Bind(OperatorContext context)
    {
        var axis = context.Node.Int("axis", 0);
        return inputs =>
        {
            var x = inputs.Tensor(0);
            var dim = Axes.Normalize(axis, (int)x.Dimensions);
            using var positions = Indices.Positions(inputs[1], x.shape[dim], inputs.Settings);
            return [x.gather(dim, positions)];
        };
    }
}
