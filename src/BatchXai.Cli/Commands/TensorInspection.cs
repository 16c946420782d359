using System.Globalization;
using BatchXai.Onnx;

namespace BatchXai.Cli.Commands;

/// <summary>A graph input or output.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Its sides; null: open.</param>
internal sealed record TensorInspection(string Name, string Type, IReadOnlyList<long?> Shape)
{
    /// <summary>Out of the file.</summary>
    public static TensorInspection Of(OnnxValueInfo value) => new(
        value.Name,
        value.Kind == OnnxValueKind.Tensor ? Words(value.ElementType) : $"{Words(value.ElementType)} {Words(value.Kind)}",
        value.Dims);

    /// <summary>For instance "input  float ?×3×224×224".</summary>
    public override string ToString() => $"{Name}  {Type} {string.Join('×', Shape.Select(side => side?.ToString(CultureInfo.InvariantCulture) ?? "?"))}";

    private static string Words<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
