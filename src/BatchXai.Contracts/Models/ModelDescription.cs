namespace BatchXai.Contracts.Models;

/// <summary>What a worker found out about a model file.</summary>
public sealed record ModelDescription
{
    /// <summary>SHA-256 of the file, lower-case hexadecimal; of a model that keeps weights in other files, of the hashes of all its files.</summary>
    public required string Hash { get; init; }

    /// <summary>Kind of file: "onnx" or "torchscript".</summary>
    public string Format { get; init; } = "onnx";

    /// <summary>Opset of the default domain; 0 where the format has none.</summary>
    public required long Opset { get; init; }

    /// <summary>Operators with the number of their nodes; of a TorchScript archive modules and operators with the number of their layers.</summary>
    /// <remarks>A list: dictionaries that travel on the bus do not tell <c>ReLU</c> from <c>relu</c>.</remarks>
    public required IReadOnlyList<OperatorCount> Operators { get; init; }

    /// <summary>Name of the image input.</summary>
    public required string Input { get; init; }

    /// <summary>Input channels, height, width.</summary>
    public required int Channels { get; init; }

    /// <summary>Input height in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Input width in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>How the file wants its images; whoever feeds it gives N×C×H×W all the same.</summary>
    public InputLayout InputLayout { get; init; }

    /// <summary>Element type of the input, such as "float".</summary>
    public string InputType { get; init; } = "float";

    /// <summary>The batch size that the file declares; null: any.</summary>
    public int? DeclaredBatch { get; init; }

    /// <summary>The batch size that the model insists on; null: any.</summary>
    public int? FixedBatch { get; init; }

    /// <summary>The file fixes its batch size, but the model was rewritten to take any; the scores were compared.</summary>
    public bool BatchIsFreed { get; init; }

    /// <summary>The graph output that the scores belong to.</summary>
    public string? Output { get; init; }

    /// <summary>Operators between the scores and the output that were cut off, in order of execution.</summary>
    public IReadOnlyList<string> CutOff { get; init; } = [];

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

    /// <summary>Method → why it cannot explain this model; the other methods can.</summary>
    public IReadOnlyDictionary<string, string> MethodProblems { get; init; } = new Dictionary<string, string>();

    /// <summary>What is known about the preprocessing that the model expects.</summary>
    public PreprocessAdvice? Preprocessing { get; init; }

    /// <summary>What the worker runs models on: "cpu" or the name of the GPU.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Version of torch in the worker.</summary>
    public string TorchVersion { get; init; } = "unknown";

    /// <summary>What a person should know, in plain words; empty when nothing.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>How scores z become probabilities.</summary>
public enum ScoreKind
{
    /// <summary>softmax(z) over the classes.</summary>
    Softmax,

    /// <summary>One output: sigmoid(z) is the probability of class 1; the score of class 0 is −z.</summary>
    BinarySigmoid,
}
