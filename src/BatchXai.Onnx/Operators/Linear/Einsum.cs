using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Einsum: sums of products by an equation such as <c>bij,bjk->bik</c>.</summary>
internal static class Einsum
{
    public static Kernel Bind(OperatorContext context)
    {
        var equation = context.Node.Text("equation", "").Replace(" ", "", StringComparison.Ordinal);
        return inputs =>
        {
            RequireBudget(equation, inputs);
            return [torch.einsum(equation, inputs.AllTensors())];
        };
    }

    // Of two factors the result is the largest tensor made; more are multiplied pair by pair, and a pair may leave everything for the next.
    private static void RequireBudget(string equation, Arguments inputs)
    {
        var sides = equation.Split("->");
        var sizes = new Dictionary<char, long>();
        var others = new List<long>();
        foreach (var (index, term) in sides[0].Split(',').Index())
        {
            var shape = inputs[index].Shape;
            var (before, after) = term.Split("...") is [var head, var tail] ? (head, tail) : (term, "");
            for (var axis = 0; axis < shape.Length; axis++)
            {
                if (axis < before.Length)
                {
                    Widen(before[axis], shape[axis]);
                }
                else if (axis >= shape.Length - after.Length)
                {
                    Widen(after[axis - (shape.Length - after.Length)], shape[axis]);
                }
                else
                {
                    others.Add(shape[axis]);
                }
            }
        }

        var kept = inputs.Count > 2 ? sizes.Keys : sides is [_, var result] ? result : sides[0].Where(label => sides[0].Count(other => other == label) == 1);
        inputs.Settings.Require([.. kept.Distinct().Select(label => sizes.GetValueOrDefault(label, 1)), .. others.Distinct()]);

        void Widen(char label, long size) => sizes[label] = Math.Max(size, sizes.GetValueOrDefault(label));
    }
}
