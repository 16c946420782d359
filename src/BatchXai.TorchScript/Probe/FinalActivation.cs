namespace BatchXai.TorchScript.Probe;

/// <summary>What a model does to its scores at the end.</summary>
public enum FinalActivation
{
    /// <summary>Nothing that was found.</summary>
    None,

    /// <summary>Softmax over the classes.</summary>
    Softmax,

    /// <summary>The logarithm of it.</summary>
    LogSoftmax,

    /// <summary>A sigmoid for each class.</summary>
    Sigmoid,
}
