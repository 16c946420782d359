using BatchXai.Onnx.Graph;

namespace BatchXai.Onnx.Format;

/// <summary><c>FunctionProto</c> of onnx.proto3.</summary>
internal static class FunctionParser
{
    public static OnnxFunction Parse(WireReader reader)
    {
        string name = "", domain = "", overload = "";
        var inputs = new List<string>();
        var outputs = new List<string>();
        var attributes = new List<string>();
        var defaults = new Dictionary<string, OnnxAttribute>();
        var nodes = new List<OnnxNode>();
        var opsets = new Dictionary<string, long>();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.Text();
                    break;
                case 4:
                    reader.AddText(inputs);
                    break;
                case 5:
                    reader.AddText(outputs);
                    break;
                case 6:
                    reader.AddText(attributes);
                    break;
                case 7:
                    nodes.Add(NodeParser.Parse(reader.Message($"Node {nodes.Count} of function '{name}'"), nodes.Count));
                    break;
                case 9:
                    EntryParser.AddOpset(opsets, reader.Message($"An opset import of function '{name}'"));
                    break;
                case 10:
                    domain = OnnxModel.Canonical(reader.Text());
                    break;
                case 11:
                    var attribute = AttributeParser.Parse(reader.Message($"An attribute default of function '{name}'"));
                    defaults[attribute.Name] = attribute;
                    break;
                case 13:
                    overload = reader.Text();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new OnnxFunction(domain, name, overload, inputs, outputs, attributes, defaults, TopologicalOrder.Of(nodes), opsets);
    }
}
