using System.Runtime.InteropServices;

namespace BatchXai.Onnx.Format;

/// <summary><c>AttributeProto</c> of onnx.proto3.</summary>
internal static class AttributeParser
{
    public static OnnxAttribute Parse(WireReader reader)
    {
        var attribute = new OnnxAttribute { Name = "" };
        var floats = new List<float>();
        var ints = new List<long>();
        var texts = new List<string>();
        var tensors = new List<OnnxTensor>();
        var graphs = new List<OnnxGraph>();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    attribute = attribute with { Name = reader.Text() };
                    break;
                case 2:
                    attribute = attribute with { Float = reader.Single() };
                    break;
                case 3:
                    attribute = attribute with { Int = reader.Int64() };
                    break;
                case 4:
                    attribute = attribute with { Text = reader.Bytes() };
                    break;
                case 5:
                    attribute = attribute with { Tensor = TensorParser.Parse(reader.Message($"Tensor attribute '{attribute.Name}'")) };
                    break;
                case 6:
                    attribute = attribute with { Graph = GraphParser.Parse(reader.Message($"Subgraph attribute '{attribute.Name}'")) };
                    break;
                case 7:
                    AddSingles(floats, ref reader);
                    break;
                case 8:
                    reader.AddInt64s(ints);
                    break;
                case 9:
                    texts.Add(reader.LongText());
                    reader.Require(texts.Count, reader.Context.Limits.ListLength, "texts in a list", nameof(OnnxLimits.ListLength));
                    break;
                case 10:
                    tensors.Add(TensorParser.Parse(reader.Message($"A tensor of attribute '{attribute.Name}'")));
                    break;
                case 11:
                    graphs.Add(GraphParser.Parse(reader.Message($"A subgraph of attribute '{attribute.Name}'")));
                    break;
                case 20:
                    attribute = attribute with { Kind = reader.Int32() };
                    break;
                case 21:
                    attribute = attribute with { ReferenceTo = reader.Text() is { Length: > 0 } reference ? reference : null };
                    break;
                case 22:
                    attribute = attribute with { SparseTensor = SparseTensorParser.Parse(reader.Message($"Sparse tensor attribute '{attribute.Name}'")) };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return WithDefault(attribute with { Floats = floats, Ints = ints, Texts = texts, Tensors = tensors, Graphs = graphs });
    }

    private static void AddSingles(List<float> floats, ref WireReader reader)
    {
        var bytes = reader.FixedBytes(WireType.Fixed32);
        if (bytes.Length % sizeof(float) != 0)
        {
            throw reader.Malformed($"has packed floats of {bytes.Length} bytes");
        }

        var count = floats.Count + (bytes.Length / sizeof(float));
        reader.Require(count, reader.Context.Limits.ListLength, "numbers in a list", nameof(OnnxLimits.ListLength));
        reader.Context.AddBytes(bytes.Length, ref reader);
        floats.AddRange(MemoryMarshal.Cast<byte, float>(bytes.Span));
    }

    // proto3 leaves zero values out of the file: an INT attribute without a value is 0, not absent.
    private static OnnxAttribute WithDefault(OnnxAttribute attribute) => attribute.Kind switch
    {
        _ when attribute.ReferenceTo is not null => attribute,
        1 => attribute with { Float = attribute.Float ?? 0 },
        2 => attribute with { Int = attribute.Int ?? 0 },
        3 => attribute with { Text = attribute.Text ?? ReadOnlyMemory<byte>.Empty },
        _ => attribute,
    };
}
