using System.Runtime.InteropServices;
using BatchXai.Onnx.Writing;

namespace BatchXai.Onnx;

/// <summary>Writes small ONNX models, for demonstrations and tests. Calls may be chained; nothing is checked before the model is loaded.</summary>
/// <param name="opset">Version of the standard operator set.</param>
/// <param name="name">Name of the graph.</param>
public sealed class OnnxModelBuilder(long opset = 17, string name = "graph")
{
    private readonly WireWriter graph = new WireWriter().Text(2, name);
    private readonly Dictionary<string, long> otherOpsets = [];

    /// <summary>Version of the file format that is written; 8 suits opsets up to 18, later opsets need a later one.</summary>
    public long IrVersion { get; set; } = opset switch { <= 18 => 8, <= 20 => 9, <= 22 => 10, 23 => 11, 24 => 12, _ => 13 };

    /// <summary>Declares an input.</summary>
    /// <param name="name">Tensor name.</param>
    /// <param name="dims">Size of each axis; null leaves it free.</param>
    /// <param name="type">Element type.</param>
    public OnnxModelBuilder Input(string name, IReadOnlyList<long?> dims, OnnxElementType type = OnnxElementType.Float)
    {
        graph.Message(11, ValueInfo(name, dims, type));
        return this;
    }

    /// <summary>Declares an output.</summary>
    /// <param name="name">Tensor name.</param>
    /// <param name="dims">Size of each axis, null where it is free; leave out when the rank is not known.</param>
    /// <param name="type">Element type.</param>
    public OnnxModelBuilder Output(string name, IReadOnlyList<long?>? dims = null, OnnxElementType type = OnnxElementType.Float)
    {
        graph.Message(12, ValueInfo(name, dims, type));
        return this;
    }

    /// <summary>Adds single-precision weights, row-major.</summary>
    public OnnxModelBuilder Initializer(string name, IReadOnlyList<long> dims, ReadOnlySpan<float> values)
        => Initializer(FromSpan(name, OnnxElementType.Float, dims, values));

    /// <summary>Adds 64-bit integers, such as a shape, row-major.</summary>
    public OnnxModelBuilder Initializer(string name, IReadOnlyList<long> dims, ReadOnlySpan<long> values)
        => Initializer(FromSpan(name, OnnxElementType.Int64, dims, values));

    /// <summary>Adds a constant tensor of any type.</summary>
    public OnnxModelBuilder Initializer(OnnxTensor tensor)
    {
        graph.Message(5, TensorMessage(tensor));
        return this;
    }

    /// <summary>Adds a node with one output.</summary>
    /// <param name="op">Operator of the standard set.</param>
    /// <param name="inputs">Tensor names; empty where an optional input is left out.</param>
    /// <param name="output">Name of the tensor that it makes; also the node's name.</param>
    /// <param name="attributes">Attributes: long, int, float, double, string, bool, long[], int[], float[] or <see cref="OnnxTensor"/>.</param>
    /// <exception cref="ArgumentException">An attribute has another type.</exception>
    public OnnxModelBuilder Node(string op, IReadOnlyList<string> inputs, string output, params ReadOnlySpan<(string Name, object Value)> attributes)
        => Node(op, "", inputs, [output], attributes);

    /// <summary>Adds a node with any number of outputs, of any operator set.</summary>
    /// <param name="op">Operator.</param>
    /// <param name="domain">Operator set; empty for the standard one.</param>
    /// <param name="inputs">Tensor names; empty where an optional input is left out.</param>
    /// <param name="outputs">Names of the tensors that it makes; the first is the node's name too.</param>
    /// <param name="attributes">Attributes, as in the other overload.</param>
    /// <exception cref="ArgumentException">An attribute has a type that is not listed there.</exception>
    public OnnxModelBuilder Node(string op, string domain, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        var node = new WireWriter();
        foreach (var input in inputs)
        {
            node.Text(1, input);
        }

        foreach (var output in outputs)
        {
            node.Text(2, output);
        }

        node.Text(3, outputs[0]).Text(4, op);
        foreach (var (attribute, value) in attributes)
        {
            node.Message(5, AttributeWriter.Message(attribute, value));
        }

        if (domain.Length > 0)
        {
            node.Text(7, domain);
            otherOpsets.TryAdd(domain, 1);
        }

        graph.Message(1, node);
        return this;
    }

    /// <summary>The model file.</summary>
    public byte[] ToBytes()
    {
        var model = new WireWriter()
            .Int(1, IrVersion)
            .Text(2, "BatchXai")
            .Message(8, new WireWriter().Text(1, "").Int(2, opset));
        foreach (var (domain, version) in otherOpsets)
        {
            model.Message(8, new WireWriter().Text(1, domain).Int(2, version));
        }

        return model.Message(7, graph).ToArray();
    }

    internal static WireWriter TensorMessage(OnnxTensor tensor)
    {
        var message = new WireWriter();
        foreach (var dim in tensor.Dims)
        {
            message.Int(1, dim);
        }

        return message.Int(2, (long)tensor.ElementType).Text(8, tensor.Name).Bytes(9, tensor.Data.Span);
    }

    private static OnnxTensor FromSpan<T>(string name, OnnxElementType type, IReadOnlyList<long> dims, ReadOnlySpan<T> values)
        where T : unmanaged
        => new(name, type, dims, MemoryMarshal.AsBytes(values).ToArray());

    private static WireWriter ValueInfo(string name, IReadOnlyList<long?>? dims, OnnxElementType type)
    {
        var tensor = new WireWriter().Int(1, (long)type);
        if (dims is not null)
        {
            var shape = new WireWriter();
            for (var axis = 0; axis < dims.Count; axis++)
            {
                var dim = new WireWriter();
                shape.Message(1, dims[axis] is { } size ? dim.Int(1, size) : dim.Text(2, $"{name}_{axis}"));
            }

            tensor.Message(2, shape);
        }

        return new WireWriter().Text(1, name).Message(2, new WireWriter().Message(1, tensor));
    }
}
