namespace BatchXai.Onnx;

/// <summary>The bytes are not a usable ONNX model: truncated, not ONNX at all, inconsistent, or with weights kept elsewhere. The message says what, where and what to do.</summary>
public sealed class OnnxFormatException : Exception
{
    /// <summary>An unusable model, without details.</summary>
    public OnnxFormatException()
        : this("The file is not a usable ONNX model.")
    {
    }

    /// <summary>An unusable model and the reason.</summary>
    public OnnxFormatException(string message)
        : base(message)
    {
    }

    /// <summary>An unusable model, the reason and its cause.</summary>
    public OnnxFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
