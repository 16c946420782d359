namespace BatchXai.Contracts.Models;

/// <summary>What a worker found out about a model file.</summary>
public sealed record ModelDescription
{
    /// <summary>SHA-256 of the file, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>Opset of the default domain.</summary>
    public required long Opset { get; init; }

    /// <summary>Operator → number of nodes.</summary>
    public required IReadOnlyDictionary<string, int> Operators { get; init; }

    /// <summary>Name of the image input.</summary>
    public required string Input { get; init; }

    /// <summary>Input channels, height, width.</summary>
    public required int Channels { get; init; }

    /// <summary>Input height in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Input width in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>The batch size that the file fixes; null: any.</summary>
    public int? FixedBatch { get; init; }

    /// <summary>Tensor that holds the explained scores, before any final Softmax or Sigmoid.</summary>
    public required string Scores { get; init; }

    /// <summary>How the scores become probabilities.</summary>
    public required ScoreKind ScoreKind { get; init; }

    /// <summary>Number of classes (2 for a single sigmoid output).</summary>
    public required int Classes { get; init; }

    /// <summary>The target layer in use; null when the model has no spatial activation.</summary>
    public LayerDescription? Layer { get; init; }

    /// <summary>Every layer that could be the target, in order of execution.</summary>
    public required IReadOnlyList<LayerDescription> CandidateLayers { get; init; }

    /// <summary>True when the layers behind the target layer are global average pooling and one linear layer, so that CAM exists.</summary>
    public required bool LinearHead { get; init; }

    /// <summary>What the worker runs models on: "cpu" or the name of the GPU.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Version of torch in the worker.</summary>
    public string TorchVersion { get; init; } = "unknown";

    /// <summary>What a person should know, in plain words; empty when nothing.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>A spatial activation.</summary>
/// <param name="Tensor">Tensor name: the stable id.</param>
/// <param name="Operator">Operator that makes it.</param>
/// <param name="Channels">Channels D.</param>
/// <param name="Height">Grid height h.</param>
/// <param name="Width">Grid width w.</param>
public sealed record LayerDescription(string Tensor, string Operator, int Channels, int Height, int Width);

/// <summary>How scores z become probabilities.</summary>
public enum ScoreKind
{
    /// <summary>softmax(z) over the classes.</summary>
    Softmax,

    /// <summary>One output: sigmoid(z) is the probability of class 1; the score of class 0 is −z.</summary>
    BinarySigmoid,
}
