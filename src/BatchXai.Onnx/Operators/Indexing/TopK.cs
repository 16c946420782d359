using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// TopK: the k largest or smallest along an axis and their positions; of equal ones the first comes first. k is an
/// attribute up to 9. The result is sorted even with <c>sorted=0</c>, which leaves the order open.
/// </summary>
internal static class TopK
{
    public static Kernel Bind(OperatorContext context)
    {
        var fixedCount = context.Node.OptionalInt("k");
        var axis = context.Node.Int("axis", -1);
        var largest = context.Node.Int("largest", 1) != 0;
        return inputs =>
        {
            var x = inputs.Tensor(0);
            var dim = Axes.Normalize(axis, (int)x.Dimensions);
            var count = fixedCount ?? inputs.Ints(1)[0];
            if (count < 0 || count > x.shape[dim])
            {
                throw new InvalidOperationException($"the {count} largest of {x.shape[dim]}");
            }

            var (values, positions) = x.sort(dim, largest, stable: true);
            using (values)
            using (positions)
            {
                return [values.narrow(dim, 0, count), positions.narrow(dim, 0, count)];
            }
        };
    }
}
