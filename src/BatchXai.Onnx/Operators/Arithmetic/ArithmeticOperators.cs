namespace BatchXai.Onnx.Operators;

/// <summary>Arithmetic, comparison, logic, types.</summary>
internal static class ArithmeticOperators
{
    public static IEnumerable<OperatorVariant> All =>
    [
        new("Add", 7, Binary.Arithmetic(torch.add, (a, b) => a + b)),
        new("Sub", 7, Binary.Arithmetic(torch.sub, (a, b) => a - b)),
        new("Mul", 7, Binary.Arithmetic(torch.mul, (a, b) => a * b)),
        new("Div", 7, Binary.Arithmetic(Binary.Divide, (a, b) => b == 0 ? throw new DivideByZeroException() : a / b)),
        new("Pow", 7, _ => inputs => [Binary.Power(inputs.Tensor(0), inputs.Tensor(1))]),
        new("Mod", 10, Binary.Modulo),
        new("Sum", 6, Variadic.Fold(torch.add, (a, b) => a + b)),
        new("Max", 6, Variadic.Fold(torch.maximum, Math.Max)),
        new("Min", 6, Variadic.Fold(torch.minimum, Math.Min)),
        new("Mean", 6, Variadic.Mean),
        new("Sqrt", 6, Unary.Of(x => x.sqrt())),
        new("Exp", 6, Unary.Of(x => x.exp())),
        new("Log", 6, Unary.Of(x => x.log())),
        new("Erf", 9, Unary.Of(x => x.erf())),
        new("Reciprocal", 6, Unary.Of(x => x.reciprocal())),
        new("Neg", 6, Unary.Of(x => x.neg(), x => -x)),
        new("Abs", 6, Unary.Of(x => x.abs(), Math.Abs)),
        new("Sign", 9, Unary.Of(x => x.sign(), x => Math.Sign(x)), Gradient.None),
        new("Floor", 6, Unary.Of(x => x.floor()), Gradient.None),
        new("Ceil", 6, Unary.Of(x => x.ceil()), Gradient.None),
        new("Round", 11, Unary.Of(x => x.round()), Gradient.None),
        new("Sin", 7, Unary.Of(x => x.sin())),
        new("Cos", 7, Unary.Of(x => x.cos())),
        new("Equal", 7, Binary.Logical(torch.eq, (a, b) => a == b), Gradient.None),
        new("Greater", 7, Binary.Logical(torch.gt, (a, b) => a > b), Gradient.None),
        new("Less", 7, Binary.Logical(torch.lt, (a, b) => a < b), Gradient.None),
        new("GreaterOrEqual", 12, Binary.Logical(torch.ge, (a, b) => a >= b), Gradient.None),
        new("LessOrEqual", 12, Binary.Logical(torch.le, (a, b) => a <= b), Gradient.None),
        new("And", 7, Binary.Logical((a, b) => a.logical_and(b), (a, b) => a != 0 && b != 0), Gradient.None),
        new("Or", 7, Binary.Logical((a, b) => a.logical_or(b), (a, b) => a != 0 || b != 0), Gradient.None),
        new("Xor", 7, Binary.Logical((a, b) => a.logical_xor(b), (a, b) => a != 0 ^ b != 0), Gradient.None),
        new("Not", 1, Unary.Of(x => x.logical_not(), x => x == 0 ? 1 : 0), Gradient.None),
        new("Where", 9, Binary.Where),
        new("Cast", 6, Cast.To),
        new("CastLike", 15, Cast.Like),
    ];
}
