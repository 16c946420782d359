using BatchXai.Onnx.Graph;

namespace BatchXai.Onnx.Format;

/// <summary><c>ModelProto</c> of onnx.proto3.</summary>
internal static class ModelParser
{
    public static OnnxModel Parse(ReadOnlyMemory<byte> bytes, ParseContext context)
    {
        if (bytes.IsEmpty)
        {
            throw new OnnxFormatException("The model is empty (0 bytes); export or download it again.");
        }

        if (bytes.Length > context.Limits.FileBytes)
        {
            throw new OnnxFormatException($"The model has {bytes.Length} bytes, where {context.Limits.FileBytes} are allowed ({nameof(OnnxLimits)}.{nameof(OnnxLimits.FileBytes)}).");
        }

        long irVersion = 0;
        string producer = "", producerVersion = "";
        var opsets = new Dictionary<string, long>();
        var metadata = new Dictionary<string, string>();
        var functions = new List<OnnxFunction>();
        OnnxGraph? graph = null;
        var reader = new WireReader(bytes, 0, 0, "The model", context);
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
                    EntryParser.AddOpset(opsets, reader.Message("An opset import"));
                    break;
                case 14:
                    EntryParser.Add(metadata, reader.Message("A metadata entry"));
                    break;
                case 25:
                    functions.Add(FunctionParser.Parse(reader.Message($"Function {functions.Count}")));
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
        GraphCheck.FunctionsDiffer(functions);
        graph = FunctionInlining.Apply(graph, functions, context.Limits);
        WeightCheck.LengthsFit(graph);
        return new OnnxModel(graph, opsets)
        {
            IrVersion = irVersion,
            Producer = $"{producer} {producerVersion}".Trim(),
            Metadata = metadata,
            ExternalFiles = context.ExternalFiles?.Opened ?? [],
        };
    }
}
