namespace BatchXai.Onnx.Execution;

/// <summary>The body of an If, Loop or Scan, run with values of the graph around it. Its own constants are evaluated once.</summary>
internal sealed class Subgraph(OnnxGraph graph, BoundGraph bound) : IDisposable
{
    private readonly Lock building = new();
    private readonly string[] captured = [.. graph.FreeNames.Distinct()];
    private ConstantStore? constants;
    private Plan? plan;

    public OnnxGraph Graph => graph;

    public BoundGraph Bound => bound;

    /// <summary>Runs the body.</summary>
    /// <param name="surrounding">Values by name: at least those that the body captures.</param>
    /// <param name="inputs">Values of the body's own inputs, in order; they stay the caller's.</param>
    /// <param name="settings">Settings of the run.</param>
    /// <returns>The body's outputs, in order; the caller's.</returns>
    public Value[] Run(IReadOnlyDictionary<string, Value> surrounding, IReadOnlyList<Value> inputs, ExecutionSettings settings)
    {
        if (inputs.Count != graph.Inputs.Count)
        {
            throw new InvalidOperationException($"a body of {graph.Inputs.Count} inputs gets {inputs.Count}");
        }

        var feeds = captured.ToDictionary(name => name, name => surrounding[name]);
        for (var i = 0; i < inputs.Count; i++)
        {
            feeds[graph.Inputs[i].Name] = inputs[i];
        }

        return Prepared(settings).Run(feeds, settings);
    }

    public void Dispose()
    {
        constants?.Dispose();
        bound.Dispose();
    }

    private Plan Prepared(ExecutionSettings settings)
    {
        lock (building)
        {
            constants ??= new ConstantStore(graph, bound, settings);
            return plan ??= new PlanBuilder(graph, bound, constants)
                .BuildKnown(captured.Concat(graph.Inputs.Select(input => input.Name)).ToHashSet(), [.. graph.Outputs.Select(output => output.Name)]);
        }
    }
}
