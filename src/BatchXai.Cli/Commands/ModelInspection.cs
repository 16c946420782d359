using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Models;
using BatchXai.Onnx;

namespace BatchXai.Cli.Commands;

/// <summary>What batchxai model inspect tells; with --json, exactly this.</summary>
internal sealed record ModelInspection
{
    /// <summary>Path of the file.</summary>
    public required string File { get; init; }

    /// <summary>Kind of file: "onnx" or "torchscript".</summary>
    public required string Format { get; init; }

    /// <summary>Size of the file in bytes, without weights that lie in other files.</summary>
    public required long FileBytes { get; init; }

    /// <summary>Program that wrote the file.</summary>
    public required string Producer { get; init; }

    /// <summary>Opset of the default domain; null where the format has none.</summary>
    public long? Opset { get; init; }

    /// <summary>Version of every operator set that nodes use.</summary>
    public required IReadOnlyDictionary<string, long> Opsets { get; init; }

    /// <summary>Number of weights; null where the file does not say.</summary>
    public long? Parameters { get; init; }

    /// <summary>Graph inputs.</summary>
    public required IReadOnlyList<TensorInspection> Inputs { get; init; }

    /// <summary>Graph outputs.</summary>
    public required IReadOnlyList<TensorInspection> Outputs { get; init; }

    /// <summary>Every operator with its version, its number of nodes and, where it cannot run, why.</summary>
    public required IReadOnlyList<OperatorUse> Operators { get; init; }

    /// <summary>What was found by running the model; null when it cannot run.</summary>
    public ModelDescription? Description { get; init; }

    /// <summary>Methods that this model allows.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>Advice on --preprocess; null when the model cannot run.</summary>
    public PreprocessAdvice? Preprocessing { get; init; }

    /// <summary>Why the model cannot be explained; empty when it can.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Gathers it.</summary>
    public static ModelInspection Of(string file, OnnxModel model, ModelDescription? description, IReadOnlyList<string> problems)
    {
        var operators = OperatorUse.Of(model);
        return new()
        {
            File = file,
            Format = "onnx",
            FileBytes = new FileInfo(file).Length,
            Producer = model.Producer,
            Opset = model.OpsetOf(),
            Opsets = operators.Select(use => use.Domain).Distinct().ToDictionary(domain => domain, model.OpsetOf),
            Parameters = Weights(model.Graph).Where(tensor => tensor.ElementType is not (OnnxElementType.Int64 or OnnxElementType.Bool or OnnxElementType.String)).Sum(tensor => tensor.Count),
            Inputs = [.. model.Graph.Inputs.Select(TensorInspection.Of)],
            Outputs = [.. model.Graph.Outputs.Select(TensorInspection.Of)],
            Operators = operators,
            Description = description,
            Methods = Allowed(description),
            Preprocessing = description?.Preprocessing,
            Problems = problems,
        };
    }

    /// <summary>Gathers what is known of a TorchScript archive, which declares neither inputs nor operator sets.</summary>
    public static ModelInspection Of(string file, ModelDescription? description, IReadOnlyList<string> problems) => new()
    {
        File = file,
        Format = "torchscript",
        FileBytes = new FileInfo(file).Length,
        Producer = "PyTorch",
        Opsets = new Dictionary<string, long>(),
        Inputs = [],
        Outputs = [],
        Operators = [],
        Description = description,
        Methods = Allowed(description),
        Preprocessing = description?.Preprocessing,
        Problems = problems,
    };

    private static IReadOnlyList<string> Allowed(ModelDescription? description) =>
        description is null ? [] : [.. MethodNames.All.Where(method => !description.MethodProblems.ContainsKey(method))];

    private static IEnumerable<OnnxTensor> Weights(OnnxGraph graph) =>
        graph.Initializers.Values.Concat(graph.Nodes.Where(node => node.OpType == "Constant").Select(node => node.Tensor("value")).OfType<OnnxTensor>());
}
