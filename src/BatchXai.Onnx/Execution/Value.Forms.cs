using BatchXai.Onnx.Format;

namespace BatchXai.Onnx.Execution;

/// <summary>The forms in which a tensor can be had.</summary>
internal sealed partial class Value
{
    /// <summary>In managed memory. Reading a tensor that torch made stops the device.</summary>
    public HostTensor Host() => host ??= source is not null ? HostTensor.Of(source) : HostTensor.FromTorch(tensor ?? floating ?? throw NoTensor(), ElementType);

    /// <summary>The single element, or the first.</summary>
    public double Scalar(ExecutionSettings settings) => Elements(settings)[0];

    /// <summary>All elements, row-major. Those of a constant are read from the device once.</summary>
    public double[] Elements(ExecutionSettings settings)
    {
        if (elements is not null)
        {
            return elements;
        }

        if (IsManaged)
        {
            return elements = Host().Numbers;
        }

        using var noGrad = torch.no_grad();
        using var wide = Tensor(settings).to(torch.ScalarType.Float64, torch.CPU, copy: true);
        using var dense = wide.contiguous();
        double[] read = dense.numel() == 0 ? [] : dense.data<double>().ToArray();
        elements = constant ? read : null;
        return read;
    }

    public Tensor Tensor(ExecutionSettings settings)
        => tensor ?? Shared(ref tensor, IsQuantized ? Integers(settings) : Load(settings));

    /// <summary>The elements in floating point: those of a quantized tensor with their gradient, other integers converted (in double where single would round).</summary>
    public Tensor Floating(ExecutionSettings settings)
    {
        if (floating is not null)
        {
            return floating;
        }

        if (tensor is not null)
        {
            return tensor.is_floating_point() ? tensor : Shared(ref floating, tensor.to(settings.WideTypeOf(ElementType)));
        }

        var loaded = Load(settings);
        if (loaded.is_floating_point())
        {
            return Shared(ref tensor, loaded);
        }

        using (loaded)
        {
            return Shared(ref floating, loaded.to(settings.WideTypeOf(ElementType)));
        }
    }

    private Tensor Integers(ExecutionSettings settings)
    {
        using var plain = floating!.detach();
        using var whole = ElementType.IsSmallFloat() ? plain.alias() : plain.round();
        return whole.to(settings.TypeOf(ElementType), copy: true);
    }

    private Tensor Load(ExecutionSettings settings)
        => items is not null || absence is not null || IsNone ? throw NoTensor()
            : source is not null && host is null ? InitializerLoader.ToTorch(source, settings)
            : Host().ToTorch(settings);

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
}
