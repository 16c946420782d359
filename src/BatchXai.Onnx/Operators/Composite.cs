using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Runs the kernel of another operator inside a kernel: fused and quantized operators are made of plain ones.</summary>
internal static class Composite
{
    /// <summary>The kernel's first output. The caller disposes it.</summary>
    public static Tensor Run(Kernel kernel, ExecutionSettings settings, params ReadOnlySpan<Tensor?> inputs)
    {
        var values = new Value?[inputs.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = inputs[i] is { } tensor ? Value.Borrow(tensor) : null;
        }

        var output = kernel(new Arguments(values, settings))[0];
        foreach (var value in values)
        {
            output = value is null ? output : output.Unshared(value);
        }

        return output.Tensor(settings);
    }
}
