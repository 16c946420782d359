using BatchXai.Onnx.Operators;

namespace BatchXai.Onnx.Execution;

/// <summary>
/// Folds BatchNormalization into the Conv before it when nothing else sees the tensor between them:
/// w′ = w·s, b′ = (b − mean)·s + bias with s = scale / √(var + ε) per output channel, computed in double precision.
/// </summary>
internal static class BatchNormFolding
{
    private const long PieceElements = 1 << 20;

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
        Value[] folded;
        try
        {
            folded = constants.Derived($"folded {norm.Node.Outputs[0]}", () => Fold(conv.Node, norm.Node, constants));
        }
        catch (Exception cause)
        {
            throw GraphExecutionException.Of(norm.Node, norm.Opset, ["(a Conv's output)"], cause);
        }

        return norm with { Kernel = conv.Kernel, Inputs = [conv.Inputs[0], new StepInput("", folded[0]), new StepInput("", folded[1])] };
    }

    private static Value[] Fold(OnnxNode conv, OnnxNode norm, ConstantStore constants)
    {
        Tensor Wide(string name)
        {
            using var stored = constants.Load(name);
            return stored.to(torch.ScalarType.Float64, copy: true);
        }

        var weight = constants.Load(conv.Inputs[1]);
        var scale = Wide(norm.Inputs[1]).div(Wide(norm.Inputs[4]).Plus(Held(norm.Float("epsilon", BatchNormalization.DefaultEpsilon))).sqrt());
        var bias = conv.Inputs.Count > 2 && conv.Inputs[2].Length > 0 ? Wide(conv.Inputs[2]) : torch.zeros_like(scale);
        var foldedBias = bias.sub(Wide(norm.Inputs[3])).mul(scale).Plus(Wide(norm.Inputs[2]));
        return [Scaled(weight, scale), foldedBias.to(weight.dtype, copy: true)];
    }

    // A few channels at a time: large weights in double precision would take three times their memory.
    private static Tensor Scaled(Tensor weight, Tensor scale)
    {
        var result = torch.empty_like(weight);
        var channels = Math.Max(1, PieceElements * weight.shape[0] / Math.Max(1, weight.numel()));
        for (long start = 0; start < weight.shape[0]; start += channels)
        {
            using var scope = torch.NewDisposeScope();
            var count = Math.Min(channels, weight.shape[0] - start);
            var perChannel = scale.narrow(0, start, count).reshape([count, .. Enumerable.Repeat(1L, (int)weight.Dimensions - 1)]);
            result.narrow(0, start, count).copy_(weight.narrow(0, start, count).to(torch.ScalarType.Float64).mul(perChannel));
        }

        return result;
    }
}
