namespace BatchXai.Onnx;

/// <summary>An operator that a model brings along (<c>FunctionProto</c>): calling it runs its nodes.</summary>
/// <param name="Domain">Operator set that the function belongs to.</param>
/// <param name="Name">Operator.</param>
/// <param name="Overload">Tells functions of the same domain and name apart.</param>
/// <param name="Inputs">Names, within the function, of what is passed.</param>
/// <param name="Outputs">Names, within the function, of what is given back.</param>
/// <param name="Attributes">Attributes that a call may set and that have no default.</param>
/// <param name="AttributeDefaults">Attributes that a call may set, with their defaults.</param>
/// <param name="Nodes">The body; each node comes after the nodes whose outputs it reads.</param>
/// <param name="Opsets">Operator sets of the body.</param>
internal sealed record OnnxFunction(
    string Domain,
    string Name,
    string Overload,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs,
    IReadOnlyList<string> Attributes,
    IReadOnlyDictionary<string, OnnxAttribute> AttributeDefaults,
    IReadOnlyList<OnnxNode> Nodes,
    IReadOnlyDictionary<string, long> Opsets);
