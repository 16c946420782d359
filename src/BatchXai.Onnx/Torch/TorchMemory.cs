namespace BatchXai.Onnx.Torch;

/// <summary>Tells whether torch failed because memory was short, on a GPU or here.</summary>
public static class TorchMemory
{
    // torch has no error of its own for this that crosses the border to .NET: its text says it.
    private static readonly string[] Signs = ["CUDA out of memory", "CUDNN_STATUS_ALLOC_FAILED", "CUBLAS_STATUS_ALLOC_FAILED", "can't allocate memory", "bad_alloc"];

    /// <summary>True when <paramref name="failure"/>, or what caused it, is torch's answer to a request for more memory than there is.</summary>
    public static bool WasShort(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (WasShort(failure.Message))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The same for the text of a failure.</summary>
    public static bool WasShort(string message) => Array.Exists(Signs, sign => message.Contains(sign, StringComparison.Ordinal));
}
