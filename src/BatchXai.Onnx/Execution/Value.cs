using BatchXai.Onnx.Format;

namespace BatchXai.Onnx.Execution;

/// <summary>
/// What flows along an edge of the graph: a torch tensor, a small managed one, or both forms of the same constant, where
/// the other form is made when it is first asked for; or a sequence of such values; or an optional value that is absent.
/// A quantized tensor flows as the floating-point numbers that its integers are: torch has no gradients of integers.
/// Operators that know quantization take the <see cref="Numbers"/>; all others, and the caller, get the integers.
/// </summary>
internal sealed class Value
{
    private readonly OnnxTensor? source;
    private readonly bool borrowed;
    private readonly IReadOnlyList<Value>? items;
    private readonly OnnxElementType? declared;
    private readonly string? absence;
    private Tensor? tensor;
    private Tensor? numbers;
    private HostTensor? host;
    private bool constant;
    private object? scalar;

    private Value(Tensor? tensor, HostTensor? host, OnnxTensor? source, bool borrowed, OnnxElementType? declared = null)
        => (this.tensor, this.host, this.source, this.borrowed, this.declared) = (tensor, host, source, borrowed, declared);

    private Value(IReadOnlyList<Value> items) => this.items = items;

    private Value(Tensor numbers, OnnxElementType type)
        => (this.numbers, declared, IsQuantized) = (numbers, type, true);

    private Value(string absence) => this.absence = absence;

    /// <summary>Whether reading the integers costs no device synchronisation.</summary>
    public bool InLane => host is not null || (source is not null && source.ElementType.IsInteger() && source.Count <= HostTensor.MaxCount);

    public bool IsConstant => constant;

    public long[] Shape => host?.Dims ?? tensor?.shape ?? numbers?.shape ?? source?.Dims.ToArray() ?? throw NoTensor();

    /// <summary>The ONNX type, as far as it is known: torch has fewer types.</summary>
    public OnnxElementType ElementType => declared ?? source?.ElementType ?? host?.Type ?? ExecutionSettings.TypeOf((tensor ?? throw NoTensor()).dtype);

    /// <summary>Whether this is a tensor of integers, or of floats below 16 bits, that flows as floating-point numbers.</summary>
    public bool IsQuantized { get; }

    public bool IsFloatingPoint => tensor?.is_floating_point() ?? false;

    public bool IsAbsent => absence is not null;

    /// <summary>An optional value without content.</summary>
    public static Value None { get; } = new(null, null, null, borrowed: true);

    public bool IsSequence => items is not null;

    public bool IsNone => ReferenceEquals(this, None);

    /// <summary>The values of a sequence. They belong to it: pass on what <see cref="Share"/> gives.</summary>
    public IReadOnlyList<Value> Items => items ?? throw new InvalidOperationException($"{(IsNone ? "nothing" : "a tensor")} where a sequence is expected");

    public static implicit operator Value(Tensor tensor) => new(tensor, null, null, borrowed: false);

    public static implicit operator Value(HostTensor host) => new(null, host, null, borrowed: false);

    /// <summary>A tensor that belongs to somebody else and outlives this value.</summary>
    public static Value Borrow(Tensor tensor, OnnxElementType? type = null) => new(tensor, null, null, borrowed: true, type);

    /// <summary>A quantized tensor as floating-point numbers that its type can hold.</summary>
    public static Value Quantized(Tensor numbers, OnnxElementType type) => new(numbers, type);

    /// <summary>An output that is not made, such as labels that are text. Whoever asks for it gets the reason.</summary>
    public static Value Absent(string reason) => new(reason);

    public static Value Of(OnnxTensor source) => new(null, null, source, borrowed: false) { constant = true };

    /// <summary>A sequence, which owns its values from now on.</summary>
    public static Value Sequence(IReadOnlyList<Value> items) => new(items);

    public HostTensor Host() => host ??= source is not null
        ? new HostTensor(source.ElementType, [.. source.Dims], source.ToInt64())
        : HostTensor.FromTorch(tensor ?? numbers ?? throw NoTensor(), ElementType);

    public double Scalar(ExecutionSettings settings)
    {
        if (InLane)
        {
            return Host().Data[0];
        }

        if (scalar is double known)
        {
            return known;
        }

        using var noGrad = torch.no_grad();
        using var wide = Tensor(settings).to(torch.ScalarType.Float64, torch.CPU, copy: true);
        var read = wide.item<double>();
        scalar = constant ? read : null;
        return read;
    }

    public Tensor Tensor(ExecutionSettings settings)
    {
        if (tensor is not null)
        {
            return tensor;
        }

        return Shared(ref tensor, IsQuantized ? Integers(settings) : Load(settings));
    }

    /// <summary>The elements in floating point: those of a quantized tensor with their gradient, other integers converted (in double where single would round).</summary>
    public Tensor Numbers(ExecutionSettings settings)
    {
        if (numbers is not null)
        {
            return numbers;
        }

        if (tensor is not null)
        {
            return tensor.is_floating_point() ? tensor : Shared(ref numbers, tensor.to(settings.WideTypeOf(ElementType)));
        }

        var loaded = Load(settings);
        if (loaded.is_floating_point())
        {
            return Shared(ref tensor, loaded);
        }

        using (loaded)
        {
            return Shared(ref numbers, loaded.to(settings.WideTypeOf(ElementType)));
        }
    }

    /// <summary>Keeps the value beyond the run that made it: a folded constant.</summary>
    public Value Keep()
    {
        constant = true;
        tensor?.DetachFromDisposeScope();
        numbers?.DetachFromDisposeScope();
        foreach (var item in items ?? [])
        {
            item.Keep();
        }

        return this;
    }

    /// <summary>This tensor, or nothing where it is absent, out of the dispose scope of the kernel that made it.</summary>
    public Value Kept()
    {
        tensor?.MoveToOuterDisposeScope();
        return this;
    }

    /// <summary>The same content under handles of its own, which live and end apart from this value's.</summary>
    public Value Share()
        => items is not null ? Sequence([.. items.Select(item => item.Share())])
            : constant ? this
            : IsQuantized ? Quantized(numbers!.alias(), ElementType)
            : tensor is not null ? tensor.alias()
            : this;

    /// <summary>This value, with handles of its own if it has <paramref name="other"/>'s.</summary>
    public Value Unshared(Value other)
        => (tensor is not null && ReferenceEquals(tensor, other.tensor))
            || (IsQuantized && ReferenceEquals(numbers, other.numbers))
            || (items is not null && ReferenceEquals(items, other.items)) ? Share() : this;

    /// <summary>Frees the tensor after the last use within a run.</summary>
    public void Release()
    {
        if (!constant)
        {
            numbers?.Dispose();
        }

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
        numbers?.Dispose();
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

    private Tensor Integers(ExecutionSettings settings)
    {
        using var plain = numbers!.detach();
        using var whole = ElementType.IsSmallFloat() ? plain.alias() : plain.round();
        return whole.to(settings.TypeOf(ElementType), copy: true);
    }

    private Tensor Load(ExecutionSettings settings)
        => items is not null || absence is not null ? throw NoTensor()
            : source is not null && host is null ? InitializerLoader.ToTorch(source, settings) : Host().ToTorch(settings);

    // Constants are shared by concurrent runs and outlive the caller's scope.
    private Tensor Shared(ref Tensor? form, Tensor made)
    {
        if (!constant)
        {
            return form = made;
        }

        made.DetachFromDisposeScope();
        var winner = Interlocked.CompareExchange(ref form, made, null);
        if (winner is not null)
        {
            made.Dispose();
        }

        return winner ?? made;
    }

    private Exception NoTensor()
        => absence is null ? new InvalidOperationException($"{(IsNone ? "nothing" : "a sequence")} where a tensor is expected") : new GraphExecutionException(absence);
}
