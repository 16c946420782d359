using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>LpPool and GlobalLpPool: (Σ |x|ᵖ)^(1/p) over each window or the whole image; padding counts as zero.</summary>
internal static class LpPool
{
    public static Kernel Bind(OperatorContext context)
    {
        var window = new Window(context.Node);
        var p = context.Node.Int("p", 2);
        return inputs => [Run(inputs.Tensor(0), window, p, inputs.Settings)];
    }

    public static Kernel Global(OperatorContext context)
    {
        var p = context.Node.Int("p", 2);
        return inputs => [LpNorm.Of(inputs.Tensor(0), Axes.All((int)inputs.Tensor(0).Dimensions)[2..], p)];
    }

    private static Tensor Run(Tensor x, Window window, long p, ExecutionSettings settings)
    {
        var sizes = x.shape.AsSpan(2);
        var placed = window.Place(settings, x.shape);
        using var power = LpNorm.Power(x, p);
        using var padded = F.pad(power, PlacedWindow.TorchPads(placed.Begin, placed.EndForOutput(sizes)));
        using var average = WindowAverage.Of(padded, placed);
        using var sum = average.mul(Held(HostTensor.Count(placed.Kernel)));
        return LpNorm.Root(sum, p);
    }
}
