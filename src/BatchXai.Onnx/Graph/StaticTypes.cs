namespace BatchXai.Onnx.Graph;

/// <summary>
/// Element types of a graph's tensors as far as they are known without running it. Needed where torch's type does not say
/// enough: the unsigned types of 16 and 32 bits and the small types travel in wider ones.
/// </summary>
internal sealed class StaticTypes
{
    private static readonly HashSet<string> Truths = ["Equal", "Greater", "Less", "GreaterOrEqual", "LessOrEqual", "And", "Or", "Xor", "Not", "IsNaN", "IsInf"];
    private static readonly HashSet<string> Counts = ["Shape", "Size", "NonZero", "ArgMax", "ArgMin"];

    // All outputs have the type of the first input.
    private static readonly HashSet<string> Kept =
    [
        "Abs", "Add", "BitShift", "BitwiseAnd", "BitwiseNot", "BitwiseOr", "BitwiseXor", "Clip", "Compress", "Concat", "CumProd", "CumSum", "Div", "Expand", "Flatten", "Gather",
        "GatherElements", "GatherND", "Identity", "Max", "Min", "Mod", "Mul", "Neg", "Pad", "Pow", "Range", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceSum", "Reshape",
        "ReverseSequence", "Scatter", "ScatterElements", "ScatterND", "Slice", "Split", "Squeeze", "Sub", "Sum", "TensorScatter", "Tile", "Transpose", "Trilu", "Unsqueeze",
    ];

    private readonly StaticTypes? outer;
    private readonly Dictionary<string, OnnxElementType> types;

    /// <param name="graph">The graph.</param>
    /// <param name="outer">Of a subgraph, the types of the graph around it.</param>
    public StaticTypes(OnnxGraph graph, StaticTypes? outer)
    {
        this.outer = outer;
        types = graph.Initializers.ToDictionary(initializer => initializer.Key, initializer => initializer.Value.ElementType);
        foreach (var input in graph.Inputs)
        {
            types[input.Name] = input.ElementType;
        }

        foreach (var node in graph.Nodes.Where(node => node.Domain.Length == 0))
        {
            for (var i = 0; i < node.Outputs.Count; i++)
            {
                types[node.Outputs[i]] = Output(node, i);
            }
        }
    }

    /// <summary>The type of a tensor; undefined where it is not known.</summary>
    public OnnxElementType Of(string tensor) => types.TryGetValue(tensor, out var type) ? type : outer?.Of(tensor) ?? OnnxElementType.Undefined;

    private OnnxElementType Output(OnnxNode node, int output) => node.OpType switch
    {
        "Cast" => (OnnxElementType)node.Int("to", (long)OnnxElementType.Undefined),
        "CastLike" or "Where" => Input(node, 1),
        "OneHot" => Input(node, 2),
        "Constant" => node.Tensor("value")?.ElementType ?? OnnxElementType.Undefined,
        "ConstantOfShape" => node.Tensor("value")?.ElementType ?? OnnxElementType.Float,
        "EyeLike" => node.OptionalInt("dtype") is { } type ? (OnnxElementType)type : Input(node, 0),
        "TopK" or "Unique" => output == 0 ? Input(node, 0) : OnnxElementType.Int64,
        _ when Truths.Contains(node.OpType) => OnnxElementType.Bool,
        _ when Counts.Contains(node.OpType) => OnnxElementType.Int64,
        _ when Kept.Contains(node.OpType) => Input(node, 0),
        _ => OnnxElementType.Undefined,
    };

    private OnnxElementType Input(OnnxNode node, int input) => input < node.Inputs.Count ? Of(node.Inputs[input]) : OnnxElementType.Undefined;
}
