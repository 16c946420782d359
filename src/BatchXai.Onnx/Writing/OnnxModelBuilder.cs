using System.Runtime.InteropServices;
using BatchXai.Onnx.Writing;

namespace BatchXai.Onnx;

/// <summary>Writes small ONNX models, for demonstrations and tests. Calls may be chained; nothing is checked before the model is loaded.</summary>
/// <param name="opset">Version of the standard operator set.</param>
/// <param name="name">Name of the graph.</param>
public sealed class OnnxModelBuilder(long opset = 17, string name = "graph")
{
    // Everything of the graph but its nodes, which a function keeps under another field.
    private readonly WireWriter graph = new WireWriter().Text(2, name);
    private readonly List<WireWriter> nodes = [];
    private readonly WireWriter extras = new();
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
    /// <param name="type">Element type, also of those in a sequence.</param>
    /// <param name="kind">What the output is; of a map only the values' type is written.</param>
    public OnnxModelBuilder Output(string name, IReadOnlyList<long?>? dims = null, OnnxElementType type = OnnxElementType.Float, OnnxValueKind kind = OnnxValueKind.Tensor)
    {
        graph.Message(12, ValueInfo(name, dims, type, kind));
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
        graph.Message(5, TensorWriter.Message(tensor));
        return this;
    }

    /// <summary>Adds a constant tensor by its non-zero elements.</summary>
    /// <param name="values">The elements, one axis, named as the tensor.</param>
    /// <param name="indices">Where they are, ascending: positions in the flattened tensor, or one row of coordinates each.</param>
    /// <param name="dims">Size of each axis of the tensor.</param>
    public OnnxModelBuilder SparseInitializer(OnnxTensor values, OnnxTensor indices, IReadOnlyList<long> dims)
    {
        graph.Message(15, TensorWriter.Sparse(values, indices, dims));
        return this;
    }

    /// <summary>Adds a constant tensor that is kept in another file.</summary>
    /// <param name="name">Tensor name.</param>
    /// <param name="type">Element type.</param>
    /// <param name="dims">Size of each axis.</param>
    /// <param name="entries">Where: <c>location</c>, <c>offset</c>, <c>length</c>.</param>
    public OnnxModelBuilder ExternalInitializer(string name, OnnxElementType type, IReadOnlyList<long> dims, params ReadOnlySpan<(string Key, string Value)> entries)
    {
        graph.Message(5, TensorWriter.External(name, type, dims, entries));
        return this;
    }

    /// <summary>Adds a node with one output.</summary>
    /// <param name="op">Operator of the standard set.</param>
    /// <param name="inputs">Tensor names; empty where an optional input is left out.</param>
    /// <param name="output">Name of the tensor that it makes; also the node's name.</param>
    /// <param name="attributes">
    /// Attributes: long, int, float, double, string, bool, long[], int[], float[], string[], <see cref="OnnxTensor"/>, a sparse tensor as
    /// (values, indices, dims), a subgraph as <see cref="OnnxModelBuilder"/>, or in a function an <see cref="OnnxAttribute"/> that refers to one of the call.
    /// </param>
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
        WriteAll(node, 1, inputs);
        WriteAll(node, 2, outputs);
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

        nodes.Add(node);
        return this;
    }

    /// <summary>Names the node added last.</summary>
    public OnnxModelBuilder Named(string node)
    {
        nodes[^1].Text(3, node);
        return this;
    }

    /// <summary>Notes something about the node added last.</summary>
    public OnnxModelBuilder NodeMetadata(string key, string value)
    {
        nodes[^1].Message(9, new WireWriter().Text(1, key).Text(2, value));
        return this;
    }

    /// <summary>Notes something about the model.</summary>
    public OnnxModelBuilder Metadata(string key, string value)
    {
        extras.Message(14, new WireWriter().Text(1, key).Text(2, value));
        return this;
    }

    /// <summary>Imports an operator set; sets that nodes use without this are imported as version 1.</summary>
    public OnnxModelBuilder Opset(string domain, long version)
    {
        otherOpsets[domain] = version;
        return this;
    }

    /// <summary>Adds an operator of the model's own.</summary>
    /// <param name="domain">Operator set.</param>
    /// <param name="name">Operator.</param>
    /// <param name="inputs">Names, within the body, of what is passed.</param>
    /// <param name="outputs">Names, within the body, of what is given back.</param>
    /// <param name="body">The nodes and their operator sets.</param>
    /// <param name="attributes">Attributes that a call must set.</param>
    public OnnxModelBuilder Function(string domain, string name, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, OnnxModelBuilder body, params IReadOnlyList<string> attributes)
    {
        var function = new WireWriter().Text(1, name).Text(10, domain);
        WriteAll(function, 4, inputs);
        WriteAll(function, 5, outputs);
        WriteAll(function, 6, attributes);
        body.nodes.ForEach(node => function.Message(7, node));
        body.WriteOpsets(function, 9);
        extras.Message(25, function);
        otherOpsets.TryAdd(domain, 1);
        return this;
    }

    /// <summary>The model file.</summary>
    public byte[] ToBytes()
    {
        var model = new WireWriter().Int(1, IrVersion).Text(2, "BatchXai");
        WriteOpsets(model, 8);
        return model.Append(extras).Message(7, GraphMessage()).ToArray();
    }

    internal WireWriter GraphMessage()
    {
        var whole = new WireWriter().Append(graph);
        nodes.ForEach(node => whole.Message(1, node));
        return whole;
    }

    private void WriteOpsets(WireWriter message, int field)
    {
        foreach (var (domain, version) in otherOpsets.Prepend(new("", opset)))
        {
            message.Message(field, new WireWriter().Text(1, domain).Int(2, version));
        }
    }

    private static void WriteAll(WireWriter message, int field, IReadOnlyList<string> texts)
    {
        foreach (var text in texts)
        {
            message.Text(field, text);
        }
    }

    private static OnnxTensor FromSpan<T>(string name, OnnxElementType type, IReadOnlyList<long> dims, ReadOnlySpan<T> values)
        where T : unmanaged
        => new(name, type, dims, MemoryMarshal.AsBytes(values).ToArray());

    private static WireWriter ValueInfo(string name, IReadOnlyList<long?>? dims, OnnxElementType type, OnnxValueKind kind = OnnxValueKind.Tensor)
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

        var element = new WireWriter().Message(1, tensor);
        var held = kind switch
        {
            OnnxValueKind.Sequence => new WireWriter().Message(4, new WireWriter().Message(1, element)),
            OnnxValueKind.Map => new WireWriter().Message(5, new WireWriter().Int(1, (long)OnnxElementType.Int64).Message(2, element)),
            OnnxValueKind.Optional => new WireWriter().Message(9, new WireWriter().Message(1, element)),
            _ => element,
        };
        return new WireWriter().Text(1, name).Message(2, held);
    }
}
