using BatchXai.Onnx.Operators;

namespace BatchXai.Onnx.Execution;

/// <summary>The inputs of one node in one run.</summary>
internal readonly struct Arguments(Value?[] values, ExecutionSettings settings)
{
    public ExecutionSettings Settings => settings;

    public int Count => values.Length;

    /// <summary>Whether every input holds small integers in managed memory, so that the result can be there too.</summary>
    public bool AllInLane => Array.TrueForAll(values, value => value is not { InLane: false });

    /// <summary>Whether every input holds small integers or a few numbers in managed memory, so that the result can be there too.</summary>
    public bool AllManaged => Array.TrueForAll(values, value => value is not { IsManaged: false });

    /// <summary>These inputs, when their common shape fits the budget.</summary>
    /// <exception cref="InvalidOperationException">It does not.</exception>
    public Arguments Broadcast()
    {
        var most = 1L;
        foreach (var value in values)
        {
            most = value is null ? most : Math.Min(settings.MaxElements + 1, most * Math.Max(1, Math.Min(settings.MaxElements + 1, value.Count)));
        }

        if (most > settings.MaxElements)
        {
            settings.Require(values.OfType<Value>().Select(value => value.Shape).Aggregate(Axes.Broadcast));
        }

        return this;
    }

    public bool Has(int index) => index < values.Length && values[index] is not null;

    public Value this[int index] => Has(index) ? values[index]! : throw new InvalidOperationException($"input {index} is required");

    public Tensor Tensor(int index) => this[index].Tensor(settings);

    public Tensor? OptionalTensor(int index) => Has(index) ? Tensor(index) : null;

    /// <summary>An input in floating point, see <see cref="Value.Floating"/>.</summary>
    public Tensor Floating(int index) => this[index].Floating(settings);

    public Tensor? OptionalFloating(int index) => Has(index) ? Floating(index) : null;

    public HostTensor Host(int index) => this[index].Host();

    /// <summary>Integers of an input: axes, sizes, indices.</summary>
    public long[] Ints(int index) => this[index].Host() is { IsInteger: true } host
        ? host.Data
        : throw new InvalidOperationException($"input {index} has to hold integers");

    public long[]? OptionalInts(int index) => Has(index) ? Ints(index) : null;

    /// <summary>The single element of an input, whatever its type. Constants are read from the device once.</summary>
    public double Scalar(int index) => this[index].Scalar(settings);

    /// <summary>All elements of a small input: scales, regions. Constants are read from the device once.</summary>
    public double[] Elements(int index) => this[index].Elements(settings);

    public Tensor[] AllTensors()
    {
        var tensors = new Tensor[values.Length];
        for (var i = 0; i < tensors.Length; i++)
        {
            tensors[i] = Tensor(i);
        }

        return tensors;
    }
}
