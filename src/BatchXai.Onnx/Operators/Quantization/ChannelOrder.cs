namespace BatchXai.Onnx.Operators;

/// <summary>Moves the channel axis: N×C×… to N×…×C and back. Views; the caller disposes them.</summary>
internal static class ChannelOrder
{
    public static Tensor First(Tensor x) => x.movedim([-1], [1]);

    public static Tensor Last(Tensor x) => x.movedim([1], [-1]);
}
