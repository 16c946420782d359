using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Optional values: a tensor or sequence that may be absent.</summary>
internal static class Optionals
{
    public static Kernel Make(OperatorContext context) => inputs => [inputs.Has(0) ? inputs[0].Share() : Value.None];

    /// <summary>OptionalHasElement; an input left out counts as absent (from 18), a plain tensor as present.</summary>
    public static Kernel Has(OperatorContext context) => inputs => [new HostTensor(OnnxElementType.Bool, [], [inputs.Has(0) && !inputs[0].IsNone ? 1 : 0])];

    public static Kernel Get(OperatorContext context) => inputs => inputs[0].IsNone ? throw new InvalidOperationException("an optional value that is absent") : [inputs[0].Share()];
}
