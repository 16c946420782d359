namespace BatchXai.Onnx.Format;

/// <summary><c>NodeProto</c> of onnx.proto3.</summary>
internal static class NodeParser
{
    public static OnnxNode Parse(WireReader reader, int index)
    {
        reader.Context.AddNode(ref reader);
        string name = "", op = "", domain = "", overload = "";
        var metadata = new Dictionary<string, string>();
        var inputs = new List<string>();
        var outputs = new List<string>();
        var attributes = new Dictionary<string, OnnxAttribute>();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    reader.AddText(inputs);
                    break;
                case 2:
                    reader.AddText(outputs);
                    break;
                case 3:
                    name = reader.Text();
                    break;
                case 4:
                    op = reader.Text();
                    break;
                case 5:
                    var attribute = AttributeParser.Parse(reader.Message($"An attribute of node '{name}'"));
                    attributes[attribute.Name] = attribute;
                    break;
                case 7:
                    domain = OnnxModel.Canonical(reader.Text());
                    break;
                case 8:
                    overload = reader.Text();
                    break;
                case 9:
                    EntryParser.Add(metadata, reader.Message($"A metadata entry of node '{name}'"));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (op.Length == 0)
        {
            throw reader.Malformed("names no operator");
        }

        var shownName = name.Length > 0 ? name : outputs.FirstOrDefault("");
        return new OnnxNode
        {
            Index = index,
            Name = shownName,
            OpType = op,
            Domain = domain,
            Overload = overload,
            Inputs = inputs,
            Outputs = outputs,
            Attributes = attributes,
            Metadata = metadata,
        };
    }
}
