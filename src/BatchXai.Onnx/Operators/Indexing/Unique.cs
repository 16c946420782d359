namespace BatchXai.Onnx.Operators;

/// <summary>
/// Unique: the different elements (or slices of an axis), sorted or in the order of their first places, with those
/// places, the way back and how often each occurs. The elements are taken from their first places, which a gradient passes.
/// </summary>
internal static class Unique
{
    public static Kernel Bind(OperatorContext context)
    {
        var axis = context.Node.OptionalInt("axis");
        var sorted = context.Node.Int("sorted", 1) != 0;
        return inputs =>
        {
            var x = inputs.Tensor(0);
            var dim = axis is { } given ? Axes.Normalize(given, (int)x.Dimensions) : 0;
            using var data = axis is null ? x.reshape(-1) : x.alias();
            using var values = data.detach();
            var (different, inverse, counts) = values.unique(sorted: true, return_inverse: true, return_counts: true, dim: dim);
            using (different)
            using (inverse)
            using (counts)
            {
                using var first = FirstPlaces(inverse!, counts!);
                if (sorted)
                {
                    return [data.index_select(dim, first), first.alias(), inverse!.alias(), counts!.alias()];
                }

                using var order = first.argsort();
                using var rank = order.argsort();
                using var places = first.index_select(0, order);
                return [data.index_select(dim, places), places.alias(), rank.index_select(0, inverse!), counts!.index_select(0, order)];
            }
        };
    }

    // Elements sorted by what they are equal to, those that came first in front; each group starts where the ones before it end.
    private static Tensor FirstPlaces(Tensor inverse, Tensor counts)
    {
        var (sorted, order) = inverse.sort(stable: true);
        using (sorted)
        using (order)
        {
            using var ends = counts.cumsum(0);
            using var starts = ends.sub(counts);
            return order.index_select(0, starts);
        }
    }
}
