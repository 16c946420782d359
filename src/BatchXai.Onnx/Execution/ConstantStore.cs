namespace BatchXai.Onnx.Execution;

/// <summary>Initializers and everything computed from them alone: evaluated on first need, once, and shared by all plans.</summary>
internal sealed class ConstantStore : IDisposable
{
    private readonly OnnxGraph graph;
    private readonly BoundGraph bound;
    private readonly ExecutionSettings settings;
    private readonly HashSet<string> constants;
    private readonly Dictionary<string, Value> values = [];
    private readonly Dictionary<string, Value[]> derived = [];

    public ConstantStore(OnnxGraph graph, BoundGraph bound, ExecutionSettings settings)
    {
        (this.graph, this.bound, this.settings) = (graph, bound, settings);
        constants = [.. graph.Initializers.Keys];
        foreach (var node in graph.Nodes.Where(node => bound.IsSupported(node) && node.Reads.All(input => input.Length == 0 || constants.Contains(input))))
        {
            constants.UnionWith(node.Outputs);
        }

        constants.Remove("");
    }

    public bool IsConstant(string tensor) => constants.Contains(tensor);

    public Value Get(string tensor)
    {
        foreach (var node in Pending(tensor))
        {
            Evaluate(node);
        }

        return values.TryGetValue(tensor, out var value) ? value : values[tensor] = Value.Of(graph.Initializers[tensor]);
    }

    /// <summary>Weights prepared from constants, such as folded ones: made once for each key.</summary>
    public Value[] Derived(string key, Func<ExecutionSettings, Value[]> make)
    {
        if (!derived.TryGetValue(key, out var made))
        {
            using var noGrad = torch.no_grad();
            using var scope = torch.NewDisposeScope();
            made = make(settings);
            foreach (var value in made)
            {
                value.Keep();
            }

            derived[key] = made;
        }

        return made;
    }

    public void Dispose()
    {
        foreach (var value in values.Values.Concat(derived.Values.SelectMany(made => made)))
        {
            value.Destroy();
        }

        values.Clear();
        derived.Clear();
    }

    // The nodes behind a constant that have not been evaluated, in order; iterative, because a file may chain thousands.
    private IEnumerable<OnnxNode> Pending(string tensor)
    {
        var found = new SortedDictionary<int, OnnxNode>();
        var open = new Stack<string>([tensor]);
        while (open.TryPop(out var name))
        {
            if (name.Length > 0 && !values.ContainsKey(name) && graph.Producer(name) is { } node && found.TryAdd(node.Index, node))
            {
                foreach (var input in node.Reads)
                {
                    open.Push(input);
                }
            }
        }

        return found.Values;
    }

    private void Evaluate(OnnxNode node)
    {
        using var noGrad = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var inputs = node.Reads.Select(input => input.Length == 0 ? null : Get(input)).ToArray();
        var outputs = NodeRunner.Run(node, bound.OpsetOf(node), bound.KernelOf(node), inputs, settings);
        for (var i = 0; i < Math.Min(outputs.Length, node.Outputs.Count); i++)
        {
            if (node.Outputs[i].Length > 0)
            {
                values[node.Outputs[i]] = outputs[i].Keep();
            }
        }
    }
}
