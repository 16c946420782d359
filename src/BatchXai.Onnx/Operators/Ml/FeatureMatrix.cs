using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>The input of classical operators: samples × features. A vector is one sample.</summary>
internal static class FeatureMatrix
{
    /// <summary>In floating point: results are single precision whatever the input was. The caller disposes it.</summary>
    public static Tensor Of(Arguments inputs, int index)
    {
        using var x = Rows(inputs.Tensor(index));
        return x.In(inputs.Settings.TypeOf(OnnxElementType.Float));
    }

    /// <summary>In its own type. The caller disposes it.</summary>
    public static Tensor Rows(Tensor x) => x.Dimensions switch
    {
        1 => x.unsqueeze(0),
        2 => x.alias(),
        _ => throw new InvalidOperationException($"expected samples × features, found [{string.Join(", ", x.shape)}]"),
    };
}
