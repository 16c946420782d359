namespace BatchXai.Contracts.Models;

/// <summary>A classifier file and how to read its input and output.</summary>
public sealed record ModelSpec
{
    /// <summary>Path of the ONNX file.</summary>
    public required string Path { get; init; }

    /// <summary>Paths of the files in which the model keeps weights (ONNX external data); they are part of it as the file itself is.</summary>
    public IReadOnlyList<string> WeightFiles { get; init; } = [];

    /// <summary>Text file with one output name a line, in output order; null: outputs are named by number.</summary>
    public string? Labels { get; init; }

    /// <summary>Tensor name of the target layer, or its name for people where that is unambiguous; null: found automatically.</summary>
    public string? Layer { get; init; }

    /// <summary>Tensor name of the scores; null: the first graph output that may hold scores, walked back before a final Softmax or Sigmoid.</summary>
    public string? Output { get; init; }

    /// <summary>Whether the file is trusted as a program is: a TorchScript archive is code that runs. ONNX files are only data.</summary>
    public bool Trusted { get; init; }

    /// <summary>How an image becomes the model's input.</summary>
    public PreprocessSpec Preprocess { get; init; } = new();
}
