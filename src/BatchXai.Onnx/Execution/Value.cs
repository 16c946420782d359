using BatchXai.Onnx.Format;

namespace BatchXai.Onnx.Execution;

/// <summary>
/// What flows along an edge of the graph: a torch tensor, a small managed one, or both forms of the same constant, where
/// the other form is made when it is first asked for; or a sequence of such values; or an optional value that is absent.
/// </summary>
internal sealed class Value
{
    private readonly OnnxTensor? source;
    private readonly bool borrowed;
    private readonly IReadOnlyList<Value>? items;
    private readonly bool smallIntegers;
    private readonly bool smallNumbers;
    private Tensor? tensor;
    private HostTensor? host;
    private bool constant;
    private double[]? numbers;

    private Value(Tensor? tensor, HostTensor? host, OnnxTensor? source, bool borrowed)
    {
        (this.tensor, this.host, this.source, this.borrowed) = (tensor, host, source, borrowed);
        smallIntegers = source is not null && source.ElementType.IsInteger() && source.Count <= HostTensor.MaxCount;
        smallNumbers = host is { IsInteger: false } || (source is not null && HostTensor.IsNumber(source.ElementType) && source.Count <= HostTensor.MaxNumbers);
    }

    private Value(IReadOnlyList<Value> items) => this.items = items;

    /// <summary>Whether these are integers that are read without stopping the device.</summary>
    public bool InLane => smallIntegers || host is { IsInteger: true };

    /// <summary>Whether these are integers or numbers that are read without stopping the device. Numbers that torch made never are: they may carry a gradient.</summary>
    public bool IsManaged => smallNumbers || InLane;

    public bool IsConstant => constant;

    public long[] Shape => host?.Dims ?? tensor?.shape ?? source?.Dims.ToArray() ?? throw NoTensor();

    /// <summary>An optional value without content.</summary>
    public static Value None { get; } = new(null, null, null, borrowed: true);

    public bool IsSequence => items is not null;

    public bool IsNone => ReferenceEquals(this, None);

    /// <summary>The values of a sequence. They belong to it: pass on what <see cref="Share"/> gives.</summary>
    public IReadOnlyList<Value> Items => items ?? throw new InvalidOperationException($"{(IsNone ? "nothing" : "a tensor")} where a sequence is expected");

    public static implicit operator Value(Tensor tensor) => new(tensor, null, null, borrowed: false);

    public static implicit operator Value(HostTensor host) => new(null, host, null, borrowed: false);

    /// <summary>A tensor that belongs to somebody else and outlives this value.</summary>
    public static Value Borrow(Tensor tensor) => new(tensor, null, null, borrowed: true);

    public static Value Of(OnnxTensor source) => new(null, null, source, borrowed: false) { constant = true };

    /// <summary>A sequence, which owns its values from now on.</summary>
    public static Value Sequence(IReadOnlyList<Value> items) => new(items);

    public HostTensor Host() => host ??= source is not null ? HostTensor.Of(source) : HostTensor.FromTorch(tensor ?? throw NoTensor());

    public double Scalar(ExecutionSettings settings) => Numbers(settings)[0];

    /// <summary>All elements, row-major. Those of a constant are read from the device once.</summary>
    public double[] Numbers(ExecutionSettings settings)
    {
        if (numbers is not null)
        {
            return numbers;
        }

        if (IsManaged)
        {
            return numbers = Host().Numbers;
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

        if (IsSequence || IsNone)
        {
            throw NoTensor();
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
        foreach (var item in items ?? [])
        {
            item.Keep();
        }

        return this;
    }

    /// <summary>The same content under handles of its own, which live and end apart from this value's.</summary>
    public Value Share()
        => items is not null ? Sequence([.. items.Select(item => item.Share())])
            : constant ? this
            : host is not null ? host
            : tensor is not null ? tensor.alias()
            : this;

    /// <summary>This value, with handles of its own if it has <paramref name="other"/>'s.</summary>
    public Value Unshared(Value other)
        => (tensor is not null && ReferenceEquals(tensor, other.tensor)) || (items is not null && ReferenceEquals(items, other.items)) ? Share() : this;

    /// <summary>Frees the tensor after the last use within a run.</summary>
    public void Release()
    {
        if (!borrowed && !constant)
        {
            tensor?.Dispose();
            foreach (var item in items ?? [])
            {
                item.Release();
            }
        }
    }

    /// <summary>Frees a constant for good.</summary>
    public void Destroy()
    {
        tensor?.Dispose();
        foreach (var item in items ?? [])
        {
            item.Destroy();
        }
    }

    /// <summary>The tensor in a handle of its own, for a caller who will dispose it.</summary>
    public Tensor HandOver(ExecutionSettings settings)
    {
        var own = Tensor(settings);
        return borrowed || constant ? own.alias() : own;
    }

    private InvalidOperationException NoTensor() => new($"{(IsNone ? "nothing" : "a sequence")} where a tensor is expected");
}
