using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>SequenceMap: a body over the items of the first input; further sequences go along item by item, tensors are passed on whole.</summary>
internal static class SequenceMap
{
    public static Kernel Bind(OperatorContext context)
    {
        var body = context.Subgraph("body");
        var given = context.Node.Inputs.Count;
        return inputs =>
        {
            var surrounding = context.Captured(inputs);
            var made = body.Graph.Outputs.Select(_ => new List<Value>()).ToArray();
            for (var item = 0; item < inputs[0].Items.Count; item++)
            {
                inputs.Settings.Steps.Take();
                var fed = new Value[given];
                for (var i = 0; i < given; i++)
                {
                    fed[i] = inputs[i].IsSequence ? inputs[i].Items[item] : inputs[i];
                }

                foreach (var (value, output) in body.Run(surrounding, fed, inputs.Settings).Zip(made))
                {
                    output.Add(value);
                }
            }

            return [.. made.Select(Value.Sequence)];
        };
    }
}
