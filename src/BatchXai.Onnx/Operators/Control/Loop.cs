using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// Loop: repeats a body while a count and a condition hold. Inputs: most iterations (optional), condition (optional), state;
/// the body maps (iteration, condition, state) to (condition, state, scan outputs); scan outputs of all iterations are stacked.
/// </summary>
internal static class Loop
{
    public static Kernel Bind(OperatorContext context)
    {
        var body = context.Subgraph("body");
        var states = context.Node.Inputs.Count - 2;
        var scans = body.Graph.Outputs.Count - 1 - states;
        if (states < 0 || scans < 0)
        {
            throw new NotSupportedException($"a body of {body.Graph.Outputs.Count} outputs for {states} states");
        }

        return inputs =>
        {
            var most = inputs.Has(0) ? inputs.Scalar(0) : double.PositiveInfinity;
            var goOn = !inputs.Has(1) || inputs.Scalar(1) != 0;
            var surrounding = context.Captured(inputs);
            var initial = new Value[states];
            for (var i = 0; i < states; i++)
            {
                initial[i] = inputs[i + 2];
            }

            var state = Array.ConvertAll(initial, value => value.Share());
            var collected = Enumerable.Range(0, scans).Select(_ => new List<Value>()).ToArray();
            for (long iteration = 0; iteration < most && goOn; iteration++)
            {
                inputs.Settings.Steps.Take();
                var made = body.Run(surrounding, [HostTensor.Scalar(iteration), new HostTensor(OnnxElementType.Bool, [], [1]), .. state], inputs.Settings);
                goOn = made[0].Scalar(inputs.Settings) != 0;
                made[0].Release();
                Release(state);
                state = made[1..(1 + states)];
                for (var i = 0; i < scans; i++)
                {
                    collected[i].Add(made[1 + states + i]);
                }
            }

            return [.. state, .. collected.Select((values, i) => ScanOutput.Stack(values, 0, body.Graph.Outputs[1 + states + i], inputs.Settings))];
        };
    }

    private static void Release(Value[] values)
    {
        foreach (var value in values)
        {
            value.Release();
        }
    }
}
