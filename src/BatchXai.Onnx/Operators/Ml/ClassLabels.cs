using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>The labels of a classifier: integers, or text, which is not computed.</summary>
internal sealed class ClassLabels
{
    private readonly Value? labels;

    private ClassLabels(Value? labels, int count) => (this.labels, Count) = (labels, count);

    public int Count { get; }

    /// <param name="node">The classifier.</param>
    /// <param name="integers">Name of the attribute with integer labels.</param>
    /// <param name="otherwise">Number of classes when it names none.</param>
    public static ClassLabels Of(OnnxNode node, string integers, int otherwise)
    {
        if (node.Attributes.GetValueOrDefault("classlabels_strings") is { Texts.Count: > 0 } texts)
        {
            return new ClassLabels(null, texts.Texts.Count);
        }

        var given = node.Ints(integers) is { Length: > 0 } found ? found : [.. Enumerable.Range(0, otherwise).Select(label => (long)label)];
        return new ClassLabels(AttributeTensor.Of(given, given.Length), given.Length);
    }

    /// <summary>The labels of classes.</summary>
    public Value At(Tensor classes, ExecutionSettings settings)
        => labels is null ? Value.Absent("the labels are text, which is not computed; fetch the scores instead") : labels.Tensor(settings).index_select(0, classes);
}
