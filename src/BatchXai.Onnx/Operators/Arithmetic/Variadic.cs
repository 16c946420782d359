namespace BatchXai.Onnx.Operators;

/// <summary>Sum, Min, Max and Mean of any number of inputs with broadcasting.</summary>
internal static class Variadic
{
    public static Binder Fold(Func<Tensor, Tensor, Tensor> torchOp, Func<long, long, long> hostOp) => _ => inputs =>
    {
        if (inputs.AllInLane)
        {
            var result = inputs.Host(0);
            for (var i = 1; i < inputs.Count; i++)
            {
                result = HostArithmetic.Combine(result, inputs.Host(i), result.Type, hostOp);
            }

            return [result];
        }

        return [Reduced(inputs.AllTensors(), torchOp)];
    };

    public static Kernel Mean(OperatorContext context) => inputs =>
    {
        if (inputs.Count == 1)
        {
            return [inputs.Tensor(0)];
        }

        using var sum = Reduced(inputs.AllTensors(), torch.add);
        return [sum.div(inputs.Count)];
    };

    private static Tensor Reduced(Tensor[] tensors, Func<Tensor, Tensor, Tensor> torchOp)
    {
        var result = tensors[0];
        for (var i = 1; i < tensors.Length; i++)
        {
            var previous = result;
            result = torchOp(previous, tensors[i]);
            if (i > 1)
            {
                previous.Dispose();
            }
        }

        return result;
    }
}
