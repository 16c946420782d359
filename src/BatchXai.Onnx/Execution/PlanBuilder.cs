namespace BatchXai.Onnx.Execution;

/// <summary>Finds what has to run to get some tensors from others.</summary>
internal sealed class PlanBuilder(OnnxGraph graph, BoundGraph bound, ConstantStore constants)
{
    /// <summary>The plan for these feeds and fetches.</summary>
    /// <exception cref="ArgumentException">A name is unknown, or a fetch needs an input that is not fed.</exception>
    public Plan Build(IReadOnlySet<string> feeds, IReadOnlyList<string> fetches)
    {
        RequireKnown(feeds, "fed");
        RequireKnown(fetches, "fetched");
        return BuildKnown(feeds, fetches);
    }

    /// <summary>The same for names that need not be of this graph: a subgraph is fed tensors of the graph around it.</summary>
    public Plan BuildKnown(IReadOnlySet<string> feeds, IReadOnlyList<string> fetches)
    {
        var (nodes, missing) = Needed(feeds, fetches);
        if (missing.Count > 0)
        {
            throw new ArgumentException($"Computing {Quoted(fetches)} needs {Quoted(missing)}, which {(missing.Count == 1 ? "is" : "are")} not fed; fed: {(feeds.Count == 0 ? "nothing" : Quoted(feeds))}.");
        }

        bound.RequireSupport(nodes);
        var isConstant = ConstantTest(feeds);
        var steps = nodes.Select(node => new PlanStep(node, bound.OpsetOf(node), bound.KernelOf(node), [.. node.Reads.Select(input => new StepInput(input))])).ToList();
        var observed = feeds.Concat(fetches).ToHashSet();
        return Plan.Of(BatchNormFolding.Apply(steps, observed, isConstant, constants), feeds, fetches, isConstant, constants);
    }

    /// <summary>The nodes behind the fetches, in order, and the graph inputs that they need and that are not fed.</summary>
    public (IReadOnlyCollection<OnnxNode> Nodes, IReadOnlyCollection<string> Missing) Needed(IReadOnlySet<string> feeds, IReadOnlyList<string> fetches)
    {
        var isConstant = ConstantTest(feeds);
        var nodes = new SortedDictionary<int, OnnxNode>();
        var missing = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(fetches);
        while (open.TryPop(out var name))
        {
            if (name.Length == 0 || feeds.Contains(name) || isConstant(name))
            {
                continue;
            }

            if (graph.Producer(name) is not { } node)
            {
                missing.Add(name);
            }
            else if (nodes.TryAdd(node.Index, node))
            {
                foreach (var input in node.Reads)
                {
                    open.Push(input);
                }
            }
        }

        return (nodes.Values, missing);
    }

    // Feeding a constant (a weight, say) makes everything computed from it variable.
    private Func<string, bool> ConstantTest(IReadOnlySet<string> feeds)
    {
        if (!feeds.Any(constants.IsConstant))
        {
            return constants.IsConstant;
        }

        var changed = feeds.ToHashSet();
        foreach (var node in graph.Nodes.Where(node => node.Reads.Any(changed.Contains)))
        {
            changed.UnionWith(node.Outputs);
        }

        return name => constants.IsConstant(name) && !changed.Contains(name);
    }

    private void RequireKnown(IEnumerable<string> names, string how)
    {
        var unknown = names.Where(name => !graph.Contains(name)).ToList();
        if (unknown.Count > 0)
        {
            throw new ArgumentException($"The graph has no tensor {Quoted(unknown)}, which {(unknown.Count == 1 ? "is" : "are")} {how}; its inputs are {Quoted(graph.Inputs.Select(input => input.Name))}, its outputs {Quoted(graph.Outputs.Select(output => output.Name))}.");
        }
    }

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
}
