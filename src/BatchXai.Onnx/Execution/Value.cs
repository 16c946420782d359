using BatchXai.Onnx.Format;

namespace BatchXai.Onnx.Execution;

/// <summary>
/// What flows along an edge of the graph: a torch tensor, a small managed one, or both forms of the same constant.
/// The other form is made when it is first asked for.
/// </summary>
internal sealed class Value
{
    private readonly OnnxTensor? source;
    private readonly bool borrowed;
    private Tensor? tensor;
    private HostTensor? host;
    private bool constant;
    private double[]? numbers;

    private Value(Tensor? tensor, HostTensor? host, OnnxTensor? source, bool borrowed)
        => (this.tensor, this.host, this.source, this.borrowed) = (tensor, host, source, borrowed);

    /// <summary>Whether reading the integers costs no device synchronisation.</summary>
    public bool InLane => host is not null || (source is not null && source.ElementType.IsInteger() && source.Count <= HostTensor.MaxCount);

    public bool IsConstant => constant;

    public long[] Shape => host?.Dims ?? tensor?.shape ?? [.. source!.Dims];

    public static implicit operator Value(Tensor tensor) => new(tensor, null, null, borrowed: false);

    public static implicit operator Value(HostTensor host) => new(null, host, null, borrowed: false);

    /// <summary>A tensor that belongs to somebody else and outlives this value.</summary>
    public static Value Borrow(Tensor tensor) => new(tensor, null, null, borrowed: true);

    public static Value Of(OnnxTensor source) => new(null, null, source, borrowed: false) { constant = true };

    public HostTensor Host() => host ??= source is not null
        ? new HostTensor(source.ElementType, [.. source.Dims], source.ToInt64())
        : HostTensor.FromTorch(tensor!);

    public double Scalar(ExecutionSettings settings) => InLane ? Host().Data[0] : Numbers(settings)[0];

    /// <summary>All elements, row-major. Those of a constant are read from the device once.</summary>
    public double[] Numbers(ExecutionSettings settings)
    {
        if (numbers is not null)
        {
            return numbers;
        }

        using var noGrad = torch.no_grad();
        using var wide = Tensor(settings).to(torch.ScalarType.Float64, torch.CPU, copy: true);
        using var dense = wide.contiguous();
        double[] read = dense.numel() == 0 ? [] : dense.data<double>().ToArray();
        numbers = constant ? read : null;
        return read;
    }

    public Tensor Tensor(ExecutionSettings settings)
    {
        if (tensor is not null)
        {
            return tensor;
        }

        var made = source is not null && host is null ? InitializerLoader.ToTorch(source, settings) : Host().ToTorch(settings);
        if (!constant)
        {
            return tensor = made;
        }

        // Constants are shared by concurrent runs and outlive the caller's scope.
        made.DetachFromDisposeScope();
        var winner = Interlocked.CompareExchange(ref tensor, made, null);
        if (winner is not null)
        {
            made.Dispose();
        }

        return winner ?? made;
    }

    /// <summary>Keeps the value beyond the run that made it: a folded constant.</summary>
    public Value Keep()
    {
        constant = true;
        tensor?.DetachFromDisposeScope();
        return this;
    }

    /// <summary>This value, with a tensor handle of its own if it has <paramref name="other"/>'s.</summary>
    public Value Unshared(Value other)
        => tensor is not null && ReferenceEquals(tensor, other.tensor) ? tensor.alias() : this;

    /// <summary>Frees the tensor after the last use within a run.</summary>
    public void Release()
    {
        if (!borrowed && !constant)
        {
            tensor?.Dispose();
        }
    }

    /// <summary>Frees a constant for good.</summary>
    public void Destroy() => tensor?.Dispose();

    /// <summary>The tensor in a handle of its own, for a caller who will dispose it.</summary>
    public Tensor HandOver(ExecutionSettings settings)
    {
        var own = Tensor(settings);
        return borrowed || constant ? own.alias() : own;
    }
}
