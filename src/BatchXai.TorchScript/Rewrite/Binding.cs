using BatchXai.TorchScript.Code;

namespace BatchXai.TorchScript.Rewrite;

/// <summary>What is known of a variable or expression.</summary>
/// <param name="Type">Type as written; empty when unknown.</param>
/// <param name="Class">The class, of a submodule.</param>
/// <param name="Path">The path from the model, of a submodule; empty for the model itself.</param>
/// <param name="Namespace">The qualified name, of a free function or a part of its name.</param>
internal sealed record Binding(string Type, ScriptClass? Class = null, string Path = "", string? Namespace = null)
{
    internal static Binding Unknown { get; } = new(string.Empty);

    internal bool IsTensor => Type == TypeText.Tensor;

    internal static Binding Of(string type) => new(type);

    internal string PathOf(string attribute) => Path.Length == 0 ? attribute : $"{Path}.{attribute}";
}
