using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Concat along an axis.</summary>
internal static class Concat
{
    public static Kernel Bind(OperatorContext context)
    {
        var axis = context.Node.Int("axis", 0);
        return inputs => inputs.AllManaged && inputs[0].Shape.Length == 1
            ? [Vectors(inputs)]
            : [torch.cat(inputs.AllTensors(), Axes.Normalize(axis, inputs[0].Shape.Length))];
    }

    private static HostTensor Vectors(Arguments inputs)
    {
        var joined = new List<long>();
        for (var i = 0; i < inputs.Count; i++)
        {
            joined.AddRange(inputs.Host(i).Data);
        }

        return new HostTensor(inputs.Host(0).Type, [joined.Count], [.. joined]);
    }
}
