namespace BatchXai.Onnx;

/// <summary>What a graph input or output is.</summary>
public enum OnnxValueKind
{
    /// <summary>One tensor.</summary>
    Tensor,

    /// <summary>A list of values.</summary>
    Sequence,

    /// <summary>A value, or none.</summary>
    Optional,

    /// <summary>Values by key.</summary>
    Map,
}
