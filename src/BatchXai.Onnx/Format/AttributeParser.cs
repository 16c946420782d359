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
                    texts.Add(reader.Text());
                    break;
                case 20:
                    attribute = attribute with { Kind = reader.Int32() };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return WithDefault(attribute with { Floats = floats, Ints = ints, Texts = texts });
    }

    private static void AddSingles(List<float> floats, ref WireReader reader)
    {
        var bytes = reader.FixedBytes(WireType.Fixed32);
        if (bytes.Length % sizeof(float) != 0)
        {
            throw reader.Malformed($"has packed floats of {bytes.Length} bytes");
        }

        floats.AddRange(MemoryMarshal.Cast<byte, float>(bytes.Span));
    }

    // proto3 leaves zero values out of the file: an INT attribute without a value is 0, not absent.
    private static OnnxAttribute WithDefault(OnnxAttribute attribute) => attribute.Kind switch
    {
        1 => attribute with { Float = attribute.Float ?? 0 },
        2 => attribute with { Int = attribute.Int ?? 0 },
        3 => attribute with { Text = attribute.Text ?? ReadOnlyMemory<byte>.Empty },
        _ => attribute,
    };
}
