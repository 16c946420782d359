using BatchXai.Onnx.Graph;

namespace BatchXai.Onnx.Format;

/// <summary><c>GraphProto</c> of onnx.proto3.</summary>
internal static class GraphParser
{
    public static OnnxGraph Parse(WireReader reader)
    {
        var name = "";
        var nodes = new List<OnnxNode>();
        var initializers = new Dictionary<string, OnnxTensor>();
        var inputs = new List<OnnxValueInfo>();
        var outputs = new List<OnnxValueInfo>();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    nodes.Add(NodeParser.Parse(reader.Message($"Node {nodes.Count}"), nodes.Count));
                    break;
                case 2:
                    name = reader.Text();
                    break;
                case 5:
                    var tensor = TensorParser.Parse(reader.Message($"Initializer {initializers.Count}"));
                    Add(initializers, tensor, ref reader);
                    break;
                case 11:
                    inputs.Add(ValueInfoParser.Parse(reader.Message($"Graph input {inputs.Count}")));
                    break;
                case 12:
                    outputs.Add(ValueInfoParser.Parse(reader.Message($"Graph output {outputs.Count}")));
                    break;
                case 15:
                    Add(initializers, SparseTensorParser.Parse(reader.Message($"Sparse initializer {initializers.Count}")), ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        GraphCheck.NamesDiffer(inputs, initializers, nodes);
        var fed = inputs.Where(input => !initializers.ContainsKey(input.Name)).ToList();
        return new OnnxGraph(name, fed, outputs, TopologicalOrder.Of(nodes), initializers);
    }

    private static void Add(Dictionary<string, OnnxTensor> initializers, OnnxTensor tensor, ref WireReader reader)
    {
        if (!initializers.TryAdd(tensor.Name, tensor))
        {
            throw reader.Malformed($"has two initializers named '{tensor.Name}'");
        }
    }
}
