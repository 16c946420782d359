using System.Collections.Concurrent;
using BatchXai.Onnx.Execution;
using BatchXai.Onnx.Format;
using BatchXai.Onnx.Graph;
using BatchXai.Onnx.Torch;

namespace BatchXai.Onnx;

/// <summary>
/// An ONNX model that runs on torch tensors, node by node, and can be differentiated with respect to any tensor.
/// Weights are frozen and every operator has its inference meaning. Runs may be concurrent; disposing may not overlap a run.
/// </summary>
public sealed class DifferentiableGraph : ITensorGraph
{
    private readonly ExecutionSettings settings;
    private readonly BoundGraph bound;
    private readonly ConstantStore constants;
    private readonly PlanBuilder planBuilder;
    private readonly ConcurrentDictionary<string, Plan> plans = [];
    private readonly Lock building = new();
    private readonly Dictionary<string, OnnxElementType> inputTypes;
    private bool disposed;

    private DifferentiableGraph(OnnxModel model, BoundGraph bound, ExecutionSettings settings)
    {
        Model = model;
        inputTypes = model.Graph.Inputs.ToDictionary(input => input.Name, input => input.ElementType);
        this.settings = settings;
        this.bound = bound;
        constants = new ConstantStore(model.Graph, bound, settings);
        planBuilder = new PlanBuilder(model.Graph, bound, constants);
    }

    /// <summary>The model that runs: the one given, with constant conditions decided. Names of tensors that were there stay.</summary>
    public OnnxModel Model { get; }

    /// <summary>Where it runs: the device of weights, feeds and results.</summary>
    public torch.Device Device => settings.Device;

    /// <summary>Prepares a model for running. Weights are brought to the device when a run first needs them.</summary>
    /// <param name="model">A parsed model.</param>
    /// <param name="device">Where to run; the CPU by default.</param>
    /// <param name="doublePrecision">Computes single precision in double; feeds must then be float64. For gradient checks.</param>
    /// <exception cref="UnsupportedOperatorsException">An output needs operators that cannot run; lists all of them. Outputs that are text, such as labels, may need what they like while nobody fetches them.</exception>
    /// <exception cref="LibTorchUnavailableException">libtorch cannot be loaded.</exception>
    public static DifferentiableGraph Compile(OnnxModel model, torch.Device? device = null, bool doublePrecision = false)
        => Compile(model, new ExecutionSettings(device ?? torch.CPU, doublePrecision));

    internal static DifferentiableGraph Compile(OnnxModel model, ExecutionSettings settings)
    {
        LibTorch.EnsureLoaded();
        model = ConstantConditions.Decide(model, settings);
        var bound = new BoundGraph(model);
        var graph = new DifferentiableGraph(model, bound, settings);
        var inputs = model.Graph.Inputs.Select(input => input.Name).ToHashSet();
        bound.RequireSupport(graph.planBuilder.Needed(inputs, Wanted(model.Graph.Outputs)).Nodes);
        return graph;
    }

    /// <summary>
    /// Computes tensors from others, running only the nodes in between. Autograd records exactly when torch's grad mode is
    /// on and a feed requires grad. Intermediate tensors are freed after their last use.
    /// </summary>
    /// <param name="feeds">Tensors by name, on <see cref="Device"/>: graph inputs or any others, which then override what the graph would compute. They stay the caller's.</param>
    /// <param name="fetches">Names of the tensors wanted: outputs or any others.</param>
    /// <returns>The tensors by name. The caller disposes them; a fetched feed or constant comes as a new handle on the same memory.</returns>
    /// <exception cref="ArgumentException">A name is unknown, a fetch needs an input that is not fed, or is a sequence.</exception>
    /// <exception cref="GraphExecutionException">A node failed.</exception>
    /// <exception cref="UnsupportedOperatorsException">A fetch outside the graph's outputs needs an operator that cannot run.</exception>
    public IReadOnlyDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> feeds, params IReadOnlyList<string> fetches)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        using var scope = torch.NewDisposeScope();
        string[] names = [.. fetches.Distinct()];
        var values = RunValues(feeds.ToDictionary(feed => feed.Key, Borrowed), names);
        if (Array.FindIndex(values, value => value.IsSequence) is >= 0 and var sequence)
        {
            throw new ArgumentException($"'{names[sequence]}' is a sequence of tensors; fetch a tensor that is taken from it.");
        }

        return names.Zip(values).ToDictionary(fetch => fetch.First, fetch => fetch.Second.HandOver(settings).MoveToOuterDisposeScope());
    }

    /// <summary>The same for values of any kind, sequences among them. Belongs into a dispose scope.</summary>
    internal Value[] RunValues(IReadOnlyDictionary<string, Value> feeds, IReadOnlyList<string> fetches)
        => PlanFor(feeds.Keys, fetches).Run(feeds, settings with { Steps = settings.Steps.Fresh() });

    /// <summary>Whether <paramref name="fetch"/> can be computed from the fed tensors and constants alone: whether cutting the graph there leaves no other path.</summary>
    /// <exception cref="ArgumentException">A name is unknown.</exception>
    public bool CanCompute(string fetch, IReadOnlyCollection<string> feeds)
    {
        foreach (var name in feeds.Append(fetch))
        {
            if (!Model.Graph.Contains(name))
            {
                throw new ArgumentException($"The graph has no tensor '{name}'.");
            }
        }

        return planBuilder.Needed(feeds.ToHashSet(), [fetch]).Missing.Count == 0;
    }

    /// <summary>Whether a tensor depends on no input: an initializer or computed from initializers alone.</summary>
    public bool IsConstant(string tensor) => constants.IsConstant(tensor);

    /// <summary>The value of a constant tensor, also when it passes through Constant, Identity or other operators on constants; null when the tensor depends on an input.</summary>
    /// <returns>A handle that the caller disposes, on memory that must not be written to.</returns>
    public Tensor? Constant(string tensor)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        lock (building)
        {
            return constants.IsConstant(tensor) ? constants.Get(tensor).HandOver(settings) : null;
        }
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose()
    {
        disposed = true;
        constants.Dispose();
        bound.Dispose();
    }

    private static IReadOnlyList<string> Wanted(IReadOnlyList<OnnxValueInfo> outputs)
        => [.. outputs.Where(output => output.ElementType != OnnxElementType.String || outputs.All(other => other.ElementType == OnnxElementType.String)).Select(output => output.Name)];

    // torch has one type for several of ONNX: 4-bit integers travel as 8-bit ones. A caller may feed floating point of another precision than declared.
    private Value Borrowed(KeyValuePair<string, Tensor> feed)
        => Value.Borrow(feed.Value, inputTypes.TryGetValue(feed.Key, out var type) && (type.IsSmallFloat() || !feed.Value.is_floating_point()) ? type : null);

    private Plan PlanFor(IEnumerable<string> feeds, IReadOnlyList<string> fetches)
    {
        var key = string.Join('\n', feeds.Order(StringComparer.Ordinal)) + "\n=>\n" + string.Join('\n', fetches);
        if (plans.TryGetValue(key, out var plan))
        {
            return plan;
        }

        lock (building)
        {
            return plans.TryGetValue(key, out plan) ? plan : plans[key] = planBuilder.Build(feeds.ToHashSet(), fetches);
        }
    }
}
