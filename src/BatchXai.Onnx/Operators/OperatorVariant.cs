namespace BatchXai.Onnx.Operators;

/// <summary>One meaning of an operator: from an opset on, until the next variant of the same operator begins.</summary>
/// <param name="Op">Operator.</param>
/// <param name="Since">First version of the operator set in which it holds.</param>
/// <param name="Bind">Makes the kernel.</param>
/// <param name="Gradient">What a backward pass gets.</param>
internal sealed record OperatorVariant(string Op, long Since, Binder Bind, Gradient Gradient = Gradient.Exact)
{
    /// <summary>Operator set; empty for the standard one.</summary>
    public string Domain { get; init; } = "";

    /// <summary>Last version of the operator set that has the operator; null while it lives.</summary>
    public long? Until { get; init; }

    /// <summary>What of the operator is refused, for the support table; null when nothing is.</summary>
    public string? Limits { get; init; }
}

/// <summary>What a backward pass gets from an operator.</summary>
internal enum Gradient
{
    /// <summary>The derivative.</summary>
    Exact,

    /// <summary>The derivative of the identity within the range: rounding is ignored.</summary>
    StraightThrough,

    /// <summary>Nothing: the result is a shape, an index, a truth value or a step.</summary>
    None,
}
