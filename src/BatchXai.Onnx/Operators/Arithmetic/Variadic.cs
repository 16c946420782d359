using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Sum, Min, Max and Mean of any number of inputs with broadcasting.</summary>
internal static class Variadic
{
    public static Binder Fold(Func<Tensor, Tensor, Tensor> torchOp, Func<long, long, long> integers, Func<double, double, double> numbers) => context =>
    {
        var type = context.TypeOf(0);
        return inputs => inputs.Broadcast().AllManaged
            ? [Folded(inputs, integers, numbers)]
            : inputs.Count == 1 ? [inputs[0]]
            : [Wrapping.Narrow(Reduced(inputs.AllTensors(), torchOp), type)];
    };

    public static Kernel Mean(OperatorContext context) => inputs =>
    {
        if (inputs.Count == 1)
        {
            return [inputs.Tensor(0)];
        }

        using var sum = Reduced(inputs.Broadcast().AllTensors(), (a, b) => a.Plus(b));
        return [sum.div(Held(inputs.Count))];
    };

    private static HostTensor Folded(Arguments inputs, Func<long, long, long> integers, Func<double, double, double> numbers)
    {
        var result = inputs.Host(0);
        for (var i = 1; i < inputs.Count; i++)
        {
            result = HostArithmetic.Combine(result, inputs.Host(i), integers, numbers);
        }

        return result;
    }

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
