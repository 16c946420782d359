namespace BatchXai.Onnx.Operators;

/// <summary>A sliding window laid over an input of known size.</summary>
/// <param name="Kernel">Kernel size of each spatial axis.</param>
/// <param name="Strides">Steps.</param>
/// <param name="Dilations">Distance between kernel elements.</param>
/// <param name="Begin">Padding before each axis.</param>
/// <param name="End">Padding after each axis.</param>
/// <param name="Output">Size of the result.</param>
internal sealed record PlacedWindow(long[] Kernel, long[] Strides, long[] Dilations, long[] Begin, long[] End, long[] Output)
{
    public bool IsSymmetric => Begin.AsSpan().SequenceEqual(End);

    /// <summary>Whether kernel elements are neighbours.</summary>
    public bool IsDense => Array.TrueForAll(Dilations, dilation => dilation == 1);

    /// <summary>Elements between the first and last that one window covers, both included.</summary>
    public long Reach(int axis) => ((Kernel[axis] - 1) * Dilations[axis]) + 1;

    /// <summary>Padding for <c>torch.nn.functional.pad</c>, which lists the last axis first.</summary>
    public static long[] TorchPads(long[] begin, long[] end)
    {
        var pads = new long[begin.Length * 2];
        for (var i = 0; i < begin.Length; i++)
        {
            pads[2 * i] = begin[^(i + 1)];
            pads[(2 * i) + 1] = end[^(i + 1)];
        }

        return pads;
    }

    /// <summary>End padding with which exactly <see cref="Output"/> windows fit, for a pool that does not know ceil_mode.</summary>
    public long[] EndForOutput(ReadOnlySpan<long> sizes)
    {
        var end = new long[Output.Length];
        for (var axis = 0; axis < end.Length; axis++)
        {
            end[axis] = ((Output[axis] - 1) * Strides[axis]) + Reach(axis) - sizes[axis] - Begin[axis];
        }

        return end;
    }
}
