using BatchXai.Onnx.Operators;

namespace BatchXai.Onnx.Execution;

/// <summary>Runs one node and keeps the rules that the rest relies on: errors name the node, and no output shares a handle with an input.</summary>
internal static class NodeRunner
{
    public static Value[] Run(OnnxNode node, long opset, Kernel kernel, Value?[] inputs, ExecutionSettings settings)
    {
        try
        {
            var flowing = QuantizedFlow.Of(node, inputs);
            inputs = flowing is null ? inputs : QuantizedFlow.Opened(inputs, settings);
            var outputs = kernel(new Arguments(inputs, settings));
            if (node.Outputs.Skip(outputs.Length).Any(output => output.Length > 0))
            {
                throw new InvalidOperationException($"{node.Outputs.Count} outputs are named and {outputs.Length} are made");
            }

            for (var i = 0; i < outputs.Length; i++)
            {
                settings.Require(outputs[i].Count);
                foreach (var input in inputs)
                {
                    outputs[i] = input is null ? outputs[i] : outputs[i].Unshared(input);
                }
            }

            return flowing?.Closed(outputs, settings) ?? outputs;
        }
        catch (Exception cause)
        {
            throw GraphExecutionException.Of(node, opset, inputs.Select(Shape), cause);
        }
    }

    private static string Shape(Value? value) => value is null or { IsNone: true } or { IsAbsent: true } ? "(none)" : value.IsSequence ? $"a sequence of {value.Items.Count}" : $"[{string.Join(", ", value.Shape)}]";
}
