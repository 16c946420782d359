using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Making, changing and joining sequences. A sequence never changes: every operator makes a new one, whose tensors share memory with the old.</summary>
internal static class Sequences
{
    public static Kernel Construct(OperatorContext context) => inputs =>
    {
        var items = new Value[inputs.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = inputs[i].Share();
        }

        return [Value.Sequence(items)];
    };

    public static Kernel Empty(OperatorContext context) => _ => [Value.Sequence([])];

    /// <summary>SequenceAt: a negative position counts from the end.</summary>
    public static Kernel At(OperatorContext context) => inputs => [inputs[0].Items[Position(inputs, 1, inputs[0].Items.Count)].Share()];

    /// <summary>SequenceInsert: before a position, by default at the end.</summary>
    public static Kernel Insert(OperatorContext context) => inputs =>
    {
        var items = Copy(inputs[0]);
        items.Insert(inputs.Has(2) ? Position(inputs, 2, items.Count + 1, items.Count) : items.Count, inputs[1].Share());
        return [Value.Sequence(items)];
    };

    /// <summary>SequenceErase: one position, by default the last.</summary>
    public static Kernel Erase(OperatorContext context) => inputs =>
    {
        var count = inputs[0].Items.Count;
        var erased = inputs.Has(1) ? Position(inputs, 1, count) : count - 1;
        return [Value.Sequence([.. inputs[0].Items.Where((_, i) => i != erased).Select(item => item.Share())])];
    };

    public static Kernel Length(OperatorContext context) => inputs => [HostTensor.Scalar(inputs[0].Items.Count)];

    /// <summary>ConcatFromSequence: along an axis, or a new one with <c>new_axis=1</c>.</summary>
    public static Kernel Concat(OperatorContext context)
    {
        var (axis, isNew) = (context.Node.Int("axis", 0), context.Node.Int("new_axis", 0) != 0);
        return inputs =>
        {
            Tensor[] tensors = [.. inputs[0].Items.Select(item => item.Tensor(settings: inputs.Settings))];
            return [isNew ? torch.stack(tensors, axis) : torch.cat(tensors, axis)];
        };
    }

    private static List<Value> Copy(Value sequence) => [.. sequence.Items.Select(item => item.Share())];

    // Counting from the end starts at the number of items, though insertion allows one place more.
    private static int Position(Arguments inputs, int index, int places, int? count = null)
    {
        var position = inputs.Ints(index)[0];
        var normal = position < 0 ? position + (count ?? places) : position;
        return normal >= 0 && normal < places ? (int)normal : throw new InvalidOperationException($"position {position} is outside a sequence of {count ?? places}");
    }
}
