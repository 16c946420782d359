using BatchXai.Onnx.Operators;

namespace BatchXai.Onnx.Execution;

/// <summary>One node of a plan before its tensors get slots. A fused step reads constants that have no name in the file.</summary>
/// <param name="Node">The node; of fused ones the last.</param>
/// <param name="Opset">Opset of the node's operator set.</param>
/// <param name="Kernel">What runs.</param>
/// <param name="Inputs">Tensor names, or prepared constants.</param>
internal sealed record PlanStep(OnnxNode Node, long Opset, Kernel Kernel, IReadOnlyList<StepInput> Inputs);

/// <summary>A tensor by name, or a prepared constant. An empty name is an input left out.</summary>
internal readonly record struct StepInput(string Name, Value? Constant = null);
