using System.Runtime.InteropServices;

namespace BatchXai.Onnx.Graph;

/// <summary>One rewriting of a graph for <see cref="BatchPatch"/>.</summary>
internal sealed class BatchRewriting(OnnxGraph graph, string input, long batch)
{
    // A name that no exporter writes.
    private const string Prefix = "free batch: ";
    private const string Count = Prefix + "count";

    private readonly List<OnnxNode> nodes = [];
    private readonly Dictionary<string, OnnxTensor> initializers = new(graph.Initializers);
    private readonly HashSet<string> reached = [input];
    private int changes;

    /// <summary>The graph with a free batch axis; null when nothing was to be changed.</summary>
    public OnnxGraph? Rewrite()
    {
        foreach (var node in graph.Nodes)
        {
            var isReached = node.Reads.Any(reached.Contains);
            if (isReached)
            {
                reached.UnionWith(node.Outputs);
            }

            nodes.Add(isReached ? Freed(node) : node);
        }

        if (changes == 0)
        {
            return null;
        }

        Add("Shape", [input], Prefix + "sizes");
        Add("Gather", [Prefix + "sizes", Constant("first", 0)], Count);
        var ordered = TopologicalOrder.Of([.. nodes.Select((node, index) => node with { Index = index })]);
        var inputs = graph.Inputs.Select(info => info.Name == input && info.Dims.Count > 0 ? info with { Dims = [null, .. info.Dims.Skip(1)] } : info);
        return new OnnxGraph(graph.Name, [.. inputs], graph.Outputs, ordered, initializers);
    }

    private OnnxNode Freed(OnnxNode node) => (node.Domain, node.OpType) switch
    {
        ("", "Reshape" or "Expand") => WithShape(node, 1),
        ("", "Resize") => WithShape(node, 3),
        ("", "Concat") when node.Int("axis", 0) != 0 => WithRows(node),
        _ => node,
    };

    /// <summary>A constant shape [batch·k, …] becomes [count·k, …].</summary>
    private OnnxNode WithShape(OnnxNode node, int at)
    {
        if (node.Inputs.Count <= at || Ints(node.Inputs[at]) is not [var first and > 0, .. var rest] || first % batch != 0)
        {
            return node;
        }

        return node with { Inputs = [.. node.Inputs.Take(at), Shape(first / batch, rest), .. node.Inputs.Skip(at + 1)] };
    }

    /// <summary>Constants that are joined to the data, such as class tokens, are repeated for each image.</summary>
    private OnnxNode WithRows(OnnxNode node) => node with
    {
        Inputs = [.. node.Inputs.Select(name => !reached.Contains(name) && Dims(name) is [var rows, .. var rest] && rows == batch ? Repeated(name, rest) : name)],
    };

    private string Repeated(string name, long[] rest)
    {
        var row = name;
        if (batch > 1)
        {
            row = $"{Prefix}row {changes}";
            Add("Gather", [name, Constant("first", 0)], row);
        }

        var shape = Shape(1, rest);
        var repeated = $"{Prefix}rows {changes}";
        Add("Expand", [row, shape], repeated);
        return repeated;
    }

    private string Shape(long factor, long[] rest)
    {
        var (id, leading) = (++changes, Count);
        if (factor != 1)
        {
            leading = $"{Prefix}leading {id}";
            Add("Mul", [Count, Constant($"factor {id}", factor)], leading);
        }

        if (rest.Length == 0)
        {
            return leading;
        }

        var shape = $"{Prefix}shape {id}";
        Add("Concat", [leading, Constant($"rest {id}", rest)], shape, new OnnxAttribute { Name = "axis", Int = 0, Kind = 2 });
        return shape;
    }

    private string Constant(string name, params long[] values)
    {
        name = Prefix + name;
        initializers[name] = new OnnxTensor(name, OnnxElementType.Int64, [values.Length], MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
        return name;
    }

    private void Add(string op, IReadOnlyList<string> inputs, string output, params OnnxAttribute[] attributes) => nodes.Add(new OnnxNode
    {
        Index = nodes.Count,
        Name = output,
        OpType = op,
        Domain = "",
        Inputs = inputs,
        Outputs = [output],
        Attributes = attributes.ToDictionary(attribute => attribute.Name),
    });

    private long[]? Ints(string name) =>
        Value(name) is { } tensor ? (tensor.ElementType is OnnxElementType.Int64 or OnnxElementType.Int32 ? tensor.ToInt64() : null)
        : graph.Producer(name) is { OpType: "Constant" } constant ? constant.Ints("value_ints")
        : null;

    private long[]? Dims(string name) =>
        Value(name) is { } tensor ? [.. tensor.Dims]
        : graph.Producer(name) is { OpType: "Expand", Domain: "" } expand && Ints(expand.Inputs[1]) is { } wanted && Dims(expand.Inputs[0])?.Length == wanted.Length ? wanted
        : null;

    private OnnxTensor? Value(string name) =>
        graph.Initializers.TryGetValue(name, out var tensor) ? tensor
        : graph.Producer(name) is not { Domain: "" } node ? null
        : node.OpType switch { "Constant" => node.Tensor("value"), "Identity" => Value(node.Inputs[0]), _ => null };
}
