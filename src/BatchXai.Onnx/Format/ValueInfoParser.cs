namespace BatchXai.Onnx.Format;

/// <summary><c>ValueInfoProto</c>, <c>TypeProto</c> and <c>TensorShapeProto</c> of onnx.proto3.</summary>
internal static class ValueInfoParser
{
    public static OnnxValueInfo Parse(WireReader reader)
    {
        var info = new OnnxValueInfo("", OnnxElementType.Undefined, []);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    info = info with { Name = reader.Text() };
                    break;
                case 2:
                    info = Type(reader.Message("A value type"), info);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return info;
    }

    // tensor_type 1, sequence_type 4, map_type 5, sparse_tensor_type 8, optional_type 9.
    private static OnnxValueInfo Type(WireReader reader, OnnxValueInfo info)
    {
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1 or 8:
                    info = TensorType(reader.Message("A tensor type"), info);
                    break;
                case 4:
                    info = Holder(reader.Message("A sequence type"), info, OnnxValueKind.Sequence, element: 1);
                    break;
                case 5:
                    info = Holder(reader.Message("A map type"), info, OnnxValueKind.Map, element: 2);
                    break;
                case 9:
                    info = Holder(reader.Message("An optional type"), info, OnnxValueKind.Optional, element: 1);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return info;
    }

    private static OnnxValueInfo Holder(WireReader reader, OnnxValueInfo info, OnnxValueKind kind, int element)
    {
        info = info with { Kind = kind };
        while (reader.Next())
        {
            if (reader.Field == element)
            {
                var held = Type(reader.Message("An element type"), new OnnxValueInfo("", OnnxElementType.Undefined, []));
                info = info with { ElementType = held.ElementType };
            }
            else
            {
                reader.Skip();
            }
        }

        return info;
    }

    private static OnnxValueInfo TensorType(WireReader reader, OnnxValueInfo info)
    {
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    info = info with { ElementType = (OnnxElementType)reader.Int32() };
                    break;
                case 2:
                    info = info with { Dims = Shape(reader.Message("A shape")) };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return info;
    }

    private static List<long?> Shape(WireReader reader)
    {
        var dims = new List<long?>();
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                dims.Add(Dimension(reader.Message("A dimension")));
            }
            else
            {
                reader.Skip();
            }
        }

        return dims;
    }

    private static long? Dimension(WireReader reader)
    {
        long? size = null;
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                size = reader.Int64();
            }
            else
            {
                reader.Skip();
            }
        }

        // Some exporters write -1 or 0 for a free axis.
        return size is > 0 ? size : null;
    }
}
