using BatchXai.Onnx.Operators;

namespace BatchXai.Onnx.Execution;

/// <summary>
/// Folds BatchNormalization into the Conv before it when nothing else sees the tensor between them:
/// w′ = w·s, b′ = (b − mean)·s + bias with s = scale / √(var + ε) per output channel, computed in double precision.
/// </summary>
internal static class BatchNormFolding
{
    /// <param name="steps">The plan's steps, in order.</param>
    /// <param name="observed">Fed and fetched tensors, which must stay as the file has them.</param>
    /// <param name="isConstant">Whether a tensor is constant in this plan.</param>
    /// <param name="constants">Source of the weights.</param>
    public static List<PlanStep> Apply(List<PlanStep> steps, IReadOnlySet<string> observed, Func<string, bool> isConstant, ConstantStore constants)
    {
        var readers = steps.SelectMany(step => step.Inputs).Where(input => input.Name.Length > 0).CountBy(input => input.Name).ToDictionary();
        var producers = steps.ToDictionary(step => step.Node.Outputs[0]);
        var absorbed = new HashSet<PlanStep>();
        var result = new List<PlanStep>(steps.Count);
        foreach (var step in steps)
        {
            var between = step.Inputs.Count > 0 ? step.Inputs[0].Name : "";
            var folds = IsStandard(step, "BatchNormalization")
                && producers.TryGetValue(between, out var conv) && IsStandard(conv, "Conv")
                && readers[between] == 1 && !observed.Contains(between)
                && step.Inputs.Skip(1).Concat(conv.Inputs.Skip(1)).All(input => input.Name.Length == 0 || isConstant(input.Name));
            if (folds && producers[between] is var source)
            {
                absorbed.Add(source);
                result.Add(Fused(source, step, constants));
            }
            else
            {
                result.Add(step);
            }
        }

        result.RemoveAll(absorbed.Contains);
        return result;
    }

    private static bool IsStandard(PlanStep step, string op) => step.Node.OpType == op && step.Node.Domain.Length == 0;

    private static PlanStep Fused(PlanStep conv, PlanStep norm, ConstantStore constants)
    {
        var folded = constants.Derived($"folded {norm.Node.Outputs[0]}", settings => Fold(conv.Node, norm.Node, constants, settings));
        return norm with { Kernel = conv.Kernel, Inputs = [conv.Inputs[0], new StepInput("", folded[0]), new StepInput("", folded[1])] };
    }

    private static Value[] Fold(OnnxNode conv, OnnxNode norm, ConstantStore constants, ExecutionSettings settings)
    {
        Tensor Constant(string name) => constants.Get(name).Tensor(settings);
        Tensor Wide(string name) => Constant(name).to(torch.ScalarType.Float64);

        var weight = Constant(conv.Inputs[1]);
        var deviation = Wide(norm.Inputs[4]).add(norm.Float("epsilon", BatchNormalization.DefaultEpsilon)).sqrt();
        var scale = Wide(norm.Inputs[1]).div(deviation);
        var perChannel = scale.reshape([-1, .. Enumerable.Repeat(1L, (int)weight.Dimensions - 1)]);
        var bias = conv.Inputs.Count > 2 && conv.Inputs[2].Length > 0 ? Wide(conv.Inputs[2]) : torch.zeros_like(scale);
        var foldedBias = bias.sub(Wide(norm.Inputs[3])).mul(scale).add(Wide(norm.Inputs[2]));
        var foldedWeight = weight.to(torch.ScalarType.Float64).mul(perChannel);
        return [foldedWeight.to(weight.dtype, copy: true), foldedBias.to(weight.dtype, copy: true)];
    }
}
