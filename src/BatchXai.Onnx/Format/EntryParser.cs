namespace BatchXai.Onnx.Format;

/// <summary>Two-field messages of onnx.proto3: <c>StringStringEntryProto</c> and <c>OperatorSetIdProto</c>.</summary>
internal static class EntryParser
{
    public static void Add(Dictionary<string, string> entries, WireReader reader)
    {
        string key = "", value = "";
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    key = reader.Text();
                    break;
                case 2:
                    value = reader.LongText();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        entries[key] = value;
    }

    public static void AddOpset(Dictionary<string, long> opsets, WireReader reader)
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
