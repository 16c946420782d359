namespace BatchXai.Onnx.Operators;

/// <summary>(Σ |x|ᵖ)^(1/p). At zero the gradient of the root is infinite; it is taken as zero there, a subgradient, so that a black patch does not spoil a heatmap.</summary>
internal static class LpNorm
{
    /// <summary>The norm over some axes, which keep size one: torch's own, whose gradient is such already. That of many axes is the norm of the norms.</summary>
    public static Tensor Of(Tensor x, long[] axes, long p)
    {
        var result = x.alias();
        foreach (var axis in axes)
        {
            using var previous = result;
            result = previous.norm((int)axis, keepdim: true, p);
        }

        return result;
    }

    /// <summary>|x|ᵖ.</summary>
    public static Tensor Power(Tensor x, long p)
    {
        if (p == 2)
        {
            return x.mul(x);
        }

        using var absolute = x.abs();
        return p == 1 ? absolute.alias() : absolute.pow(Held(p));
    }

    /// <summary>The p-th root of a sum that is not negative.</summary>
    public static Tensor Root(Tensor sum, long p)
    {
        if (p == 1)
        {
            return sum.alias();
        }

        using var zero = sum.eq(Held(0));
        using var positive = sum.masked_fill(zero, Held(1));
        using var root = p == 2 ? positive.sqrt() : positive.pow(Held(1.0 / p));
        return root.masked_fill(zero, Held(0));
    }
}
