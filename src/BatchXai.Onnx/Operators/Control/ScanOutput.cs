using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>What the iterations of a Loop or Scan made, stacked along a new axis.</summary>
internal static class ScanOutput
{
    /// <param name="values">One value an iteration; released.</param>
    /// <param name="axis">The new axis, counted in the result.</param>
    /// <param name="declared">The body's output: shape and type of the result of no iteration.</param>
    /// <param name="settings">Settings of the run.</param>
    public static Value Stack(IReadOnlyList<Value> values, long axis, OnnxValueInfo declared, ExecutionSettings settings)
    {
        if (values.Count == 0)
        {
            long[] shape = [0, .. declared.Dims.Select(dim => dim ?? 0)];
            return torch.empty(shape, settings.TypeOf(declared.ElementType), settings.Device);
        }

        if (axis == 0 && values.All(value => value is { IsSequence: false, InLane: true }))
        {
            var first = values[0].Host();
            return new HostTensor(first.Type, [values.Count, .. first.Dims], [.. values.SelectMany(value => value.Host().Data)]);
        }

        var stacked = torch.stack([.. values.Select(value => value.Tensor(settings))], axis);
        foreach (var value in values)
        {
            value.Release();
        }

        return stacked;
    }
}
