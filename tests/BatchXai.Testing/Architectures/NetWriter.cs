using System.Runtime.InteropServices;
using BatchXai.Onnx;

namespace BatchXai.Testing.Architectures;

/// <summary>Writes a classifier operator by operator, with seeded weights; tensor names follow an exporter.</summary>
/// <param name="opset">Version of the standard operator set.</param>
/// <param name="naming">The exporter's naming.</param>
/// <param name="separator">Stands before the number of the second tensor of a name.</param>
internal sealed class NetWriter(long opset, Naming naming, string separator = "_")
{
    private readonly Random random = new(17);
    private readonly Dictionary<string, int> taken = [];

    /// <summary>Element type of the weights: float or float16.</summary>
    public OnnxElementType Precision { get; init; } = OnnxElementType.Float;

    /// <summary>Whether nodes note their module, as PyTorch's dynamo exporter does.</summary>
    public bool NameScopes { get; init; }

    /// <summary>The file underneath, for what only one family has.</summary>
    public OnnxModelBuilder Model { get; } = new(opset, "main_graph");

    public string Input(string name, params IReadOnlyList<long?> dims)
    {
        Model.Input(name, dims);
        return name;
    }

    public byte[] Output(string name, params IReadOnlyList<long?> dims) => Model.Output(name, dims).ToBytes();

    /// <summary>Adds an operator and names its result.</summary>
    public string Op(string op, string module, IReadOnlyList<string> inputs, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        var output = OpTo(Name(module, op), op, inputs, attributes);
        if (NameScopes)
        {
            Model.NodeMetadata("pkg.torch.onnx.name_scopes", Scopes(module, output));
        }

        return output;
    }

    /// <summary>Adds an operator whose result has a given name, such as the model's output.</summary>
    public string OpTo(string output, string op, IReadOnlyList<string> inputs, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        Model.Node(op, inputs, output, attributes);
        return output;
    }

    /// <summary>Adds an operator with several results.</summary>
    public string[] Ops(string op, string module, IReadOnlyList<string> inputs, int outputs, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        string[] names = [.. Enumerable.Range(0, outputs).Select(_ => Name(module, op))];
        Model.Node(op, "", inputs, names, attributes);
        return names;
    }

    /// <summary>Adds a call of an operator of another set, such as a function of the model's own.</summary>
    public string Call(string domain, string op, string module, IReadOnlyList<string> inputs, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        var output = Name(module, op);
        Model.Node(op, domain, inputs, [output], attributes);
        return output;
    }

    /// <summary>Normally distributed weights.</summary>
    public string Weights(string name, IReadOnlyList<long> dims, double deviation, double mean = 0)
        => Values(name, dims, [.. Enumerable.Range(0, Count(dims)).Select(_ => (float)(mean + (deviation * Gaussian())))]);

    /// <summary>Weights with He's deviation: √(gain / inputs of one sum).</summary>
    public string Scaled(string name, IReadOnlyList<long> dims, long fanIn, double gain = 1) => Weights(name, dims, Math.Sqrt(gain / fanIn));

    /// <summary>Uniformly distributed positive weights, such as variances.</summary>
    public string Positive(string name, long count, double low = 0.5, double high = 1.5)
        => Values(name, [count], [.. Enumerable.Range(0, (int)count).Select(_ => (float)(low + ((high - low) * random.NextDouble())))]);

    public string Values(string name, IReadOnlyList<long> dims, params float[] values)
    {
        var bytes = Precision == OnnxElementType.Float16
            ? MemoryMarshal.AsBytes(Array.ConvertAll(values, value => (Half)value).AsSpan())
            : MemoryMarshal.AsBytes(values.AsSpan());
        return Initializer(new(name, Precision, dims, bytes.ToArray()));
    }

    public string Scalar(string name, float value) => Values(name, [], value);

    public string Ints(string name, params long[] values)
    {
        Model.Initializer(name, [values.Length], values);
        return name;
    }

    public string Initializer(OnnxTensor tensor)
    {
        Model.Initializer(tensor);
        return tensor.Name;
    }

    /// <summary>A Constant node of integers, as PyTorch writes axes and shapes; a scalar when it is one number and not a list.</summary>
    public string Constant(string module, params long[] values) => Constant(module, [values.Length], values);

    public string ConstantScalar(string module, long value) => Constant(module, [], value);

    public string ConstantScalar(string module, float value)
        => Op("Constant", module, [], ("value", new OnnxTensor("", OnnxElementType.Float, [], BitConverter.GetBytes(value))));

    public double Gaussian() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    // Every module around the operator, from the model inwards, as Python writes a list.
    private static string Scopes(string module, string output)
    {
        var parts = module.Split('.', StringSplitOptions.RemoveEmptyEntries);
        return $"[{string.Join(", ", parts.Select((_, depth) => string.Join('.', parts[..(depth + 1)])).Prepend("").Append(output).Select(scope => $"'{scope}'"))}]";
    }

    private static int Count(IReadOnlyList<long> dims) => (int)dims.Aggregate(1L, (product, dim) => product * dim);

    private string Constant(string module, IReadOnlyList<long> dims, params long[] values)
        => Op("Constant", module, [], ("value", new OnnxTensor("", OnnxElementType.Int64, dims, MemoryMarshal.AsBytes(values.AsSpan()).ToArray())));

    // A second Relu of one module is Relu_1.
    private string Name(string module, string op)
    {
        var name = naming(module, op);
        var again = taken[name] = taken.GetValueOrDefault(name, -1) + 1;
        return again == 0 ? name : name.EndsWith("_output_0", StringComparison.Ordinal) ? $"{name[..^9]}_{again}_output_0" : $"{name}{separator}{again}";
    }
}
