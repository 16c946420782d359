using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// Scan (from 9): a body over the slices of some inputs. Inputs: states, then scanned tensors; the body maps (states, slices)
/// to (states, scan outputs). Direction 1 goes backwards.
/// </summary>
internal static class Scan
{
    public static Kernel Bind(OperatorContext context)
    {
        var node = context.Node;
        var body = context.Subgraph("body");
        var scanned = (int)node.Int("num_scan_inputs", 0);
        var states = node.Inputs.Count - scanned;
        var made = body.Graph.Outputs.Count - states;
        if (scanned < 1 || states < 0 || made < 0)
        {
            throw new NotSupportedException($"num_scan_inputs={scanned} of {node.Inputs.Count} inputs");
        }

        var (inputAxes, inputDirections) = (PerTensor(node, "scan_input_axes", scanned), PerTensor(node, "scan_input_directions", scanned));
        var (outputAxes, outputDirections) = (PerTensor(node, "scan_output_axes", made), PerTensor(node, "scan_output_directions", made));
        return inputs =>
        {
            var surrounding = context.Captured(inputs);
            var state = new Value[states];
            for (var i = 0; i < states; i++)
            {
                state[i] = inputs[i].Share();
            }

            var axes = Enumerable.Range(0, scanned).Select(i => Axes.Normalize(inputAxes[i], inputs[states + i].Shape.Length)).ToArray();
            var steps = inputs[states].Shape[axes[0]];
            var collected = Enumerable.Range(0, made).Select(_ => new List<Value>()).ToArray();
            for (long step = 0; step < steps; step++)
            {
                inputs.Settings.Steps.Take();
                var slices = new Value[scanned];
                for (var i = 0; i < scanned; i++)
                {
                    slices[i] = inputs.Tensor(states + i).select(axes[i], inputDirections[i] == 0 ? step : steps - 1 - step);
                }

                var outputs = body.Run(surrounding, [.. state, .. slices], inputs.Settings);
                foreach (var used in state.Concat(slices))
                {
                    used.Release();
                }

                state = outputs[..states];
                for (var i = 0; i < made; i++)
                {
                    collected[i].Insert(outputDirections[i] == 0 ? collected[i].Count : 0, outputs[states + i]);
                }
            }

            return [.. state, .. collected.Select((values, i) => ScanOutput.Stack(values, outputAxes[i], body.Graph.Outputs[states + i], inputs.Settings))];
        };
    }

    private static long[] PerTensor(OnnxNode node, string attribute, int count)
    {
        var values = node.Ints(attribute) ?? new long[count];
        return values.Length == count ? values : throw new NotSupportedException($"{attribute} of {values.Length} entries for {count} tensors");
    }
}
