namespace BatchXai.Onnx.Operators;

/// <summary>Changes of element type that always give a handle of their own, so that it may be disposed.</summary>
internal static class Precision
{
    public static Tensor To(Tensor x, torch.ScalarType type) => x.dtype == type ? x.alias() : x.to(type);

    /// <summary>x in at least single precision.</summary>
    public static Tensor AtLeastSingle(Tensor x)
        => x.dtype is torch.ScalarType.Float16 or torch.ScalarType.BFloat16 ? x.to(torch.ScalarType.Float32) : x.alias();

    /// <summary>Runs what torch knows for floating point only on integers too, in double precision.</summary>
    public static Tensor Floating(Tensor x, Func<Tensor, Tensor> operation)
    {
        if (x.is_floating_point())
        {
            return operation(x);
        }

        using var wide = x.to(torch.ScalarType.Float64);
        using var result = operation(wide);
        return result.to(x.dtype);
    }

    /// <summary>Runs in single precision what torch does not know for 16 bits, or what 16 bits are too few for: positions of pixels.</summary>
    public static Tensor AtLeastSingle(Tensor x, Func<Tensor, Tensor> operation)
    {
        if (x.dtype is not (torch.ScalarType.Float16 or torch.ScalarType.BFloat16))
        {
            return operation(x);
        }

        using var wide = x.to(torch.ScalarType.Float32);
        using var result = operation(wide);
        return result.to(x.dtype);
    }
}
