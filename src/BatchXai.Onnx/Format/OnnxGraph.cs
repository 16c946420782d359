namespace BatchXai.Onnx;

/// <summary>The computation of a model: nodes joined by tensor names. A tensor name is unique in the graph and identifies a layer's output.</summary>
public sealed record OnnxGraph
{
    private readonly HashSet<string> fed;
    private readonly Dictionary<string, OnnxNode> producers;
    private readonly Dictionary<string, List<OnnxNode>> consumers;

    internal OnnxGraph(
        string name,
        IReadOnlyList<OnnxValueInfo> inputs,
        IReadOnlyList<OnnxValueInfo> outputs,
        IReadOnlyList<OnnxNode> nodes,
        IReadOnlyDictionary<string, OnnxTensor> initializers)
    {
        (Name, Inputs, Outputs, Nodes, Initializers) = (name, inputs, outputs, nodes, initializers);
        fed = [.. inputs.Select(input => input.Name)];
        producers = [];
        consumers = [];
        foreach (var node in nodes)
        {
            foreach (var output in node.Outputs.Where(output => output.Length > 0))
            {
                producers[output] = node;
            }

            foreach (var input in node.Reads.Where(input => input.Length > 0).Distinct())
            {
                (consumers.TryGetValue(input, out var readers) ? readers : consumers[input] = []).Add(node);
            }
        }
    }

    /// <summary>Name given by the exporter.</summary>
    public string Name { get; }

    /// <summary>Inputs that a caller feeds. Initializers that old files (IR 3) list as inputs too are left out.</summary>
    public IReadOnlyList<OnnxValueInfo> Inputs { get; }

    /// <summary>Declared outputs.</summary>
    public IReadOnlyList<OnnxValueInfo> Outputs { get; }

    /// <summary>All nodes; each comes after the nodes whose outputs it reads.</summary>
    public IReadOnlyList<OnnxNode> Nodes { get; }

    /// <summary>Weights and other constants by tensor name.</summary>
    public IReadOnlyDictionary<string, OnnxTensor> Initializers { get; }

    /// <summary>Names read in here that nothing in here makes: a subgraph takes them from the graph around it.</summary>
    internal IEnumerable<string> FreeNames => consumers.Keys
        .Concat(Outputs.Select(output => output.Name))
        .Where(name => name.Length > 0 && !Contains(name))
        .Distinct();

    /// <summary>The node that makes a tensor; null for inputs, initializers and unknown names.</summary>
    public OnnxNode? Producer(string tensor) => producers.GetValueOrDefault(tensor);

    /// <summary>The nodes that read a tensor, in order.</summary>
    public IReadOnlyList<OnnxNode> Consumers(string tensor) => consumers.TryGetValue(tensor, out var readers) ? readers : [];

    /// <summary>Whether a tensor of this name exists: an input, an initializer or a node's output.</summary>
    public bool Contains(string tensor)
        => producers.ContainsKey(tensor) || Initializers.ContainsKey(tensor) || fed.Contains(tensor);
}
