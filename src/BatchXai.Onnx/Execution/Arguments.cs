namespace BatchXai.Onnx.Execution;

/// <summary>The inputs of one node in one run.</summary>
internal readonly struct Arguments(Value?[] values, ExecutionSettings settings)
{
    public ExecutionSettings Settings => settings;

    public int Count => values.Length;

    /// <summary>Whether every input is a small integer constant in managed memory, so that the result can be too.</summary>
    public bool AllInLane
    {
        get
        {
            foreach (var value in values)
            {
                if (value is { InLane: false })
                {
                    return false;
                }
            }

            return true;
        }
    }

    public bool Has(int index) => index < values.Length && values[index] is not null;

    public Value this[int index] => Has(index) ? values[index]! : throw new InvalidOperationException($"input {index} is required");

    public Tensor Tensor(int index) => this[index].Tensor(settings);

    public Tensor? OptionalTensor(int index) => Has(index) ? Tensor(index) : null;

    /// <summary>An input in floating point, see <see cref="Value.Numbers"/>.</summary>
    public Tensor Numbers(int index) => this[index].Numbers(settings);

    public Tensor? OptionalNumbers(int index) => Has(index) ? Numbers(index) : null;

    public HostTensor Host(int index) => this[index].Host();

    /// <summary>Integers of an input: axes, sizes, indices.</summary>
    public long[] Ints(int index) => this[index].Host().Data;

    public long[]? OptionalInts(int index) => Has(index) ? Ints(index) : null;

    /// <summary>The single element of an input, whatever its type. Constants are read from the device once.</summary>
    public double Scalar(int index) => this[index].Scalar(settings);

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
