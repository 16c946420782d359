using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>LabelEncoder: replaces keys by values, anything else by a default. Keys and values are lists (from 2) or tensors (from 4); version 1 knew only text. A key of NaN finds NaN from version 4 on.</summary>
internal static class LabelEncoder
{
    public static Kernel Bind(OperatorContext context)
    {
        var node = context.Node;
        var keys = List(node, "keys");
        var values = List(node, "values");
        var findsNaN = context.Opset >= 4;
        var otherwise = node.Tensor("default_tensor") is { } given ? Value.Of(given)
            : values.ElementType == OnnxElementType.Int64 ? AttributeTensor.Of([node.Int("default_int64", -1)], 1)
            : AttributeTensor.Of([node.Float("default_float", -0f)], 1);
        return inputs =>
        {
            using var scope = torch.NewDisposeScope();
            var (x, table) = (inputs.Tensor(0).unsqueeze(-1), keys.Tensor(inputs.Settings));
            var hits = x.eq(table);
            hits = findsNaN && x.is_floating_point() ? hits.logical_or(x.isnan().logical_and(table.isnan())) : hits;
            var found = values.Tensor(inputs.Settings).take(hits.to(torch.ScalarType.Byte).argmax(-1));
            return [torch.where(hits.any(-1), found, otherwise.Tensor(inputs.Settings).reshape([])).MoveToOuterDisposeScope()];
        };
    }

    private static Value List(OnnxNode node, string side)
    {
        if (node.Tensor($"{side}_tensor") is { } tensor)
        {
            return tensor.ElementType == OnnxElementType.String ? throw new NotSupportedException($"{side} that are text") : Value.Of(tensor);
        }

        return node.Ints($"{side}_int64s") is { Length: > 0 } whole ? AttributeTensor.Of(whole, whole.Length)
            : node.Floats($"{side}_floats") is { Length: > 0 } numbers ? AttributeTensor.Of(numbers, numbers.Length)
            : throw new NotSupportedException($"{side} that are text");
    }
}
