namespace BatchXai.Onnx.Execution;

/// <summary>
/// Initializers and everything computed from them alone: evaluated on first need, once, and shared by all plans. Large constants that only
/// other constants read are let go when these are made; asked for later, they are made again.
/// </summary>
internal sealed class ConstantStore : IDisposable
{
    private readonly OnnxGraph graph;
    private readonly BoundGraph bound;
    private readonly ExecutionSettings settings;
    private readonly HashSet<string> constants;
    private readonly Dictionary<string, Value> values = [];
    private readonly Dictionary<string, Value[]> derived = [];
    private readonly HashSet<string> given = [];
    private readonly HashSet<int> evaluated = [];
    private readonly Dictionary<string, int> waiting = [];

    public ConstantStore(OnnxGraph graph, BoundGraph bound, ExecutionSettings settings)
    {
        (this.graph, this.bound, this.settings) = (graph, bound, settings);
        constants = [.. graph.Initializers.Keys];
        foreach (var node in graph.Nodes.Where(node => bound.IsSupported(node) && node.Reads.All(input => input.Length == 0 || constants.Contains(input))))
        {
            constants.UnionWith(node.Outputs);
            foreach (var input in node.Reads)
            {
                waiting[input] = waiting.GetValueOrDefault(input) + 1;
            }
        }

        // Weights that a run reads stay: what is computed from them may share their memory.
        constants.Remove("");
        given.UnionWith(graph.Nodes.Where(node => !node.Outputs.Any(constants.Contains)).SelectMany(node => node.Reads).Concat(graph.Outputs.Select(output => output.Name)));
    }

    public bool IsConstant(string tensor) => constants.Contains(tensor);

    public Value Get(string tensor)
    {
        var pending = Pending(tensor);
        foreach (var node in pending)
        {
            Evaluate(node);
        }

        given.Add(tensor);
        foreach (var input in pending.SelectMany(node => node.Reads))
        {
            LetGo(input);
        }

        return Known(tensor);
    }

    /// <summary>A constant's tensor in a handle of the caller's own. A weight that nothing else has asked for is not kept.</summary>
    public Tensor Load(string tensor)
        => !values.ContainsKey(tensor) && graph.Initializers.TryGetValue(tensor, out var source) ? InitializerLoader.ToTorch(source, settings) : Get(tensor).HandOver(settings);

    /// <summary>Weights prepared from constants, such as folded ones: made once for each key.</summary>
    public Value[] Derived(string key, Func<Value[]> make)
    {
        if (!derived.TryGetValue(key, out var made))
        {
            using var noGrad = torch.no_grad();
            using var scope = torch.NewDisposeScope();
            made = make();
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
    private IReadOnlyCollection<OnnxNode> Pending(string tensor)
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
        var inputs = node.Reads.Select(input => input.Length == 0 ? null : Known(input)).ToArray();
        var outputs = NodeRunner.Run(node, bound.OpsetOf(node), bound.KernelOf(node), inputs, settings);
        for (var i = 0; i < Math.Min(outputs.Length, node.Outputs.Count); i++)
        {
            if (node.Outputs[i].Length > 0)
            {
                values[node.Outputs[i]] = outputs[i].Keep();
            }
        }

        if (evaluated.Add(node.Index))
        {
            foreach (var input in node.Reads)
            {
                waiting[input]--;
            }
        }

        // What a node passes on as it is lives as long as its result.
        var results = outputs.Concat(outputs.Where(output => output.IsSequence).SelectMany(output => output.Items)).ToHashSet(ReferenceEqualityComparer.Instance);
        given.UnionWith(node.Reads.Zip(inputs).Where(input => input.Second is not null && results.Contains(input.Second)).Select(input => input.First));
    }

    private Value Known(string tensor) => values.TryGetValue(tensor, out var value) ? value : values[tensor] = Value.Of(graph.Initializers[tensor]);

    private void LetGo(string tensor)
    {
        if (!given.Contains(tensor) && waiting[tensor] == 0 && values.TryGetValue(tensor, out var value) && !value.IsSequence && !value.IsNone && !value.IsAbsent && HostTensor.Count(value.Shape) > HostTensor.MaxCount)
        {
            value.Destroy();
            values.Remove(tensor);
        }
    }
}
