using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Models;
using BatchXai.Onnx;

namespace BatchXai.Cli.Commands;

/// <summary>What batchxai model inspect tells; with --json, exactly this.</summary>
internal sealed record ModelInspection
{
    /// <summary>Path of the file.</summary>
    public required string File { get; init; }

    /// <summary>Program that wrote the file.</summary>
    public required string Producer { get; init; }

    /// <summary>Opset of the default domain.</summary>
    public required long Opset { get; init; }

    /// <summary>Graph inputs.</summary>
    public required IReadOnlyList<TensorInspection> Inputs { get; init; }

    /// <summary>Graph outputs.</summary>
    public required IReadOnlyList<TensorInspection> Outputs { get; init; }

    /// <summary>Operator → number of nodes.</summary>
    public required IReadOnlyDictionary<string, int> Operators { get; init; }

    /// <summary>What was found by running the model; null when it cannot run.</summary>
    public ModelDescription? Description { get; init; }

    /// <summary>Methods that this model allows.</summary>
    public required IReadOnlyList<string> Methods { get; init; }

    /// <summary>Advice on --preprocess.</summary>
    public required string Preprocessing { get; init; }

    /// <summary>Why the model cannot be explained; empty when it can.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Gathers it.</summary>
    public static ModelInspection Of(string file, OnnxModel model, ModelDescription? description, IReadOnlyList<string> problems) => new()
    {
        File = file,
        Producer = model.Producer,
        Opset = model.OpsetOf(),
        Inputs = [.. model.Graph.Inputs.Select(TensorInspection.Of)],
        Outputs = [.. model.Graph.Outputs.Select(TensorInspection.Of)],
        Operators = model.Graph.Nodes.GroupBy(node => node.OpType).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count()),
        Description = description,
        Methods = description is null ? [] : [.. MethodNames.All.Where(method => Allows(description, method))],
        Preprocessing = PreprocessAdvice.For(model, description),
        Problems = problems,
    };

    private static bool Allows(ModelDescription description, string method) => method switch
    {
        MethodNames.Cam => description.LinearHead,
        MethodNames.GradCam => description.Layer is not null,
        _ => true,
    };
}

/// <summary>A graph input or output.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Its sides; null: open.</param>
internal sealed record TensorInspection(string Name, string Type, IReadOnlyList<long?> Shape)
{
    /// <summary>Out of the file.</summary>
    public static TensorInspection Of(OnnxValueInfo value) => new(value.Name, value.ElementType.ToString().ToLowerInvariant(), value.Dims);

    /// <summary>For instance "input float ?×3×224×224".</summary>
    public override string ToString() => $"{Name}  {Type} {string.Join('×', Shape.Select(side => side?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"))}";
}
