namespace BatchXai.Onnx.Writing;

/// <summary>Writes an <c>AttributeProto</c> from a plain value.</summary>
internal static class AttributeWriter
{
    public static WireWriter Message(string name, object value)
    {
        var message = new WireWriter().Text(1, name);
        return value switch
        {
            bool flag => message.Int(3, flag ? 1 : 0).Int(20, 2),
            int number => message.Int(3, number).Int(20, 2),
            long number => message.Int(3, number).Int(20, 2),
            float number => message.Single(2, number).Int(20, 1),
            double number => message.Single(2, (float)number).Int(20, 1),
            string text => message.Text(4, text).Int(20, 3),
            OnnxTensor tensor => message.Message(5, TensorWriter.Message(tensor)).Int(20, 4),
            float[] numbers => numbers.Aggregate(message, (written, number) => written.Single(7, number)).Int(20, 6),
            long[] numbers => numbers.Aggregate(message, (written, number) => written.Int(8, number)).Int(20, 7),
            int[] numbers => numbers.Aggregate(message, (written, number) => written.Int(8, number)).Int(20, 7),
            string[] texts => texts.Aggregate(message, (written, text) => written.Text(9, text)).Int(20, 8),
            OnnxModelBuilder subgraph => message.Message(6, subgraph.GraphMessage()).Int(20, 5),
            (OnnxTensor values, OnnxTensor indices, long[] dims) => message.Message(22, TensorWriter.Sparse(values, indices, dims)).Int(20, 11),
            OnnxAttribute { ReferenceTo: { } reference } attribute => message.Text(21, reference).Int(20, attribute.Kind),
            _ => throw new ArgumentException($"Attribute '{name}' is a {value.GetType().Name}; expected a number, text, a list of these, a tensor, a subgraph or a reference.", nameof(value)),
        };
    }
}
