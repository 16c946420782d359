using BatchXai.Onnx.Format;

namespace BatchXai.Onnx.Execution;

/// <summary>
/// What flows along an edge of the graph: a tensor in one or several forms (managed, torch, floating point), where a further form is made
/// when it is first asked for; or a sequence of such values; or an optional value that is absent.
/// A quantized tensor flows as the floating-point numbers that its integers are: torch has no gradients of integers.
/// Operators that know quantization take the <see cref="Floating"/> form; all others, and the caller, get the integers.
/// </summary>
internal sealed partial class Value
{
    private readonly OnnxTensor? source;
    private readonly bool borrowed;
    private readonly IReadOnlyList<Value>? items;
    private readonly OnnxElementType? declared;
    private readonly string? absence;
    private readonly bool smallIntegers;
    private readonly bool smallNumbers;
    private Tensor? tensor;
    private Tensor? floating;
    private HostTensor? host;
    private double[]? elements;
    private bool constant;

    private Value(Tensor? tensor, HostTensor? host, OnnxTensor? source, bool borrowed, OnnxElementType? declared = null)
    {
        (this.tensor, this.host, this.source, this.borrowed, this.declared) = (tensor, host, source, borrowed, declared);
        smallIntegers = source is not null && source.ElementType.IsInteger() && source.Count <= HostTensor.MaxCount;
        smallNumbers = host is { IsInteger: false } || (source is not null && HostTensor.IsNumber(source.ElementType) && source.Count <= HostTensor.MaxNumbers);
    }

    private Value(IReadOnlyList<Value> items) => this.items = items;

    private Value(Tensor floating, OnnxElementType type) => (this.floating, declared, IsQuantized) = (floating, type, true);

    private Value(string absence) => this.absence = absence;

    /// <summary>Number of elements; of a sequence or of nothing 0.</summary>
    public long Count => (tensor ?? floating)?.numel() ?? host?.Data.Length ?? source?.Count ?? 0;

    /// <summary>Whether these are integers that are read without stopping the device.</summary>
    public bool InLane => smallIntegers || host is { IsInteger: true };

    /// <summary>Whether these are integers or numbers that are read without stopping the device. Numbers that torch made never are: they may carry a gradient.</summary>
    public bool IsManaged => smallNumbers || InLane;

    public bool IsConstant => constant;

    public long[] Shape => host?.Dims ?? tensor?.shape ?? floating?.shape ?? source?.Dims.ToArray() ?? throw NoTensor();

    /// <summary>The ONNX type, as far as it is known: torch has fewer types.</summary>
    public OnnxElementType ElementType => declared ?? source?.ElementType ?? host?.Type ?? ExecutionSettings.TypeOf((tensor ?? throw NoTensor()).dtype);

    /// <summary>Whether this is a tensor of integers, or of floats below 16 bits, that flows as floating-point numbers.</summary>
    public bool IsQuantized { get; }

    public bool IsFloatingPoint => tensor?.is_floating_point() ?? false;

    public bool IsAbsent => absence is not null;

    public bool IsSequence => items is not null;

    public bool IsNone => ReferenceEquals(this, None);

    /// <summary>An optional value without content.</summary>
    public static Value None { get; } = new(null, null, null, borrowed: true);

    /// <summary>The values of a sequence. They belong to it: pass on what <see cref="Share"/> gives.</summary>
    public IReadOnlyList<Value> Items => items ?? throw new InvalidOperationException($"{(IsNone ? "nothing" : "a tensor")} where a sequence is expected");

    public static implicit operator Value(Tensor tensor) => new(tensor, null, null, borrowed: false);

    public static implicit operator Value(HostTensor host) => new(null, host, null, borrowed: false);

    /// <summary>A tensor that belongs to somebody else and outlives this value.</summary>
    public static Value Borrow(Tensor tensor, OnnxElementType? type = null) => new(tensor, null, null, borrowed: true, type);

    /// <summary>A quantized tensor as floating-point numbers that its type can hold.</summary>
    public static Value Quantized(Tensor floating, OnnxElementType type) => new(floating, type);

    /// <summary>An output that is not made, such as labels that are text. Whoever asks for it gets the reason.</summary>
    public static Value Absent(string reason) => new(reason);

    public static Value Of(OnnxTensor source) => new(null, null, source, borrowed: false) { constant = true };

    /// <summary>A sequence, which owns its values from now on.</summary>
    public static Value Sequence(IReadOnlyList<Value> items) => new(items);

    /// <summary>Keeps the value beyond the run that made it: a folded constant.</summary>
    public Value Keep()
    {
        constant = true;
        tensor?.DetachFromDisposeScope();
        floating?.DetachFromDisposeScope();
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
            : IsQuantized ? Quantized(floating!.alias(), ElementType)
            : IsManaged ? Host()
            : tensor is not null ? tensor.alias()
            : this;

    /// <summary>This value, with handles of its own if it has <paramref name="other"/>'s.</summary>
    public Value Unshared(Value other)
        => (tensor is not null && ReferenceEquals(tensor, other.tensor))
            || (IsQuantized && ReferenceEquals(floating, other.floating))
            || (items is not null && ReferenceEquals(items, other.items)) ? Share() : this;

    /// <summary>Frees the tensor after the last use within a run.</summary>
    public void Release()
    {
        if (constant)
        {
            return;
        }

        floating?.Dispose();
        if (!borrowed)
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
        floating?.Dispose();
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

    private Exception NoTensor()
        => absence is null ? new InvalidOperationException($"{(IsNone ? "nothing" : "a sequence")} where a tensor is expected") : new GraphExecutionException(absence);
}
