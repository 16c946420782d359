namespace BatchXai.Onnx.Format;

/// <summary><c>ModelProto</c> of onnx.proto3.</summary>
internal static class ModelParser
{
    public static OnnxModel Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            throw new OnnxFormatException("The model is empty (0 bytes); export or download it again.");
        }

        long irVersion = 0;
        string producer = "", producerVersion = "";
        var opsets = new Dictionary<string, long>();
        OnnxGraph? graph = null;
        var reader = new WireReader(bytes, 0, 0, "The model");
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    irVersion = reader.Int64();
                    break;
                case 2:
                    producer = reader.Text();
                    break;
                case 3:
                    producerVersion = reader.Text();
                    break;
                case 7:
                    graph = GraphParser.Parse(reader.Message("The graph"));
                    break;
                case 8:
                    AddOpset(opsets, reader.Message("An opset import"));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (graph is null)
        {
            throw new OnnxFormatException("The model has no graph. The file is damaged or is not an ONNX model; export or download it again.");
        }

        GraphCheck.AllInputsExist(graph);
        return new OnnxModel(irVersion, $"{producer} {producerVersion}".Trim(), opsets, graph);
    }

    private static void AddOpset(Dictionary<string, long> opsets, WireReader reader)
    {
        var domain = "";
        long version = 0;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    domain = reader.Text();
                    break;
                case 2:
                    version = reader.Int64();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        opsets[OnnxModel.Canonical(domain)] = version;
    }
}
