using System.Runtime.InteropServices;

namespace BatchXai.Onnx.Tests.Operators;

/// <summary>A model of one operator.</summary>
/// <param name="Name">Shown name.</param>
/// <param name="Opset">Operator set.</param>
/// <param name="Shape">Of the differentiated input.</param>
/// <param name="Op">Operator.</param>
/// <param name="Weights">Shapes of further inputs, filled with positive numbers.</param>
/// <param name="Attributes">Attributes.</param>
/// <param name="Integers">Further integer inputs.</param>
/// <param name="Positive">Whether the input must be positive.</param>
internal sealed record OperatorCase(string Name, long Opset, long[] Shape, string Op, long[][] Weights, (string, object)[] Attributes, long[][]? Integers = null, bool Positive = false)
{
    /// <summary>Further inputs as they are, null where an optional one is left out.</summary>
    public IReadOnlyList<OnnxTensor?> Constants { get; init; } = [];

    /// <summary>Position of the differentiated input among all inputs.</summary>
    public int Position { get; init; }

    /// <summary>Operator set; empty for the standard one.</summary>
    public string Domain { get; init; } = "";

    /// <summary>Version of the operator set where it is not the standard one.</summary>
    public long DomainVersion { get; init; } = 1;

    /// <summary>Names of the outputs; y is looked at.</summary>
    public string[] Outputs { get; init; } = ["y"];

    /// <summary>Why ONNX Runtime is no oracle here; null where it is one.</summary>
    public string? NotInOnnxRuntime { get; init; }

    /// <summary>Adds the nodes, from x to y, of a model that the other members cannot describe.</summary>
    public Func<CaseBuilder, CaseBuilder>? Nodes { get; init; }

    public static OnnxTensor Floats(long[] dims, params float[] values) => new("", OnnxElementType.Float, dims, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    public static OnnxTensor Floats(params float[] values) => Floats([values.Length], values);

    /// <summary>Numbers from −1 to 1.</summary>
    public static OnnxTensor Random(int seed, params long[] dims) => Floats(dims, SampleModels.Numbers((int)dims.Aggregate(1L, (product, dim) => product * dim), seed));

    public static OnnxTensor Integer(long[] dims, params long[] values) => new("", OnnxElementType.Int64, dims, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    /// <param name="name">Shown name; begins with the operator.</param>
    /// <param name="opset">Operator set.</param>
    /// <param name="shape">Of the differentiated input.</param>
    /// <param name="nodes">Adds the nodes.</param>
    /// <param name="positive">Whether the input must be positive.</param>
    public static OperatorCase Of(string name, long opset, long[] shape, Func<CaseBuilder, CaseBuilder> nodes, bool positive = false)
        => new(name, opset, shape, name.Split(' ')[0], [], [], Positive: positive) { Nodes = nodes };

    public float[] Input()
    {
        var count = (int)Shape.Aggregate(1L, (product, dim) => product * dim);
        return Positive ? SampleModels.Positive(count, 42) : SampleModels.Numbers(count, 42);
    }

    /// <param name="type">Floating-point type of the input and the weights. Scales and regions of a resizing stay as they are.</param>
    public byte[] Model(OnnxElementType type = OnnxElementType.Float)
    {
        var builder = new OnnxModelBuilder(Opset).Input("x", [.. Shape.Select(dim => (long?)dim)], type).Output("y", type: type);
        if (Nodes is not null)
        {
            Nodes(new CaseBuilder(builder, type));
            return builder.ToBytes();
        }

        var inputs = new List<string>();
        foreach (var weight in Weights)
        {
            inputs.Add($"w{inputs.Count + 1}");
            builder.Initializer(Typed(Floats(weight, SampleModels.Positive((int)weight.Aggregate(1L, (product, dim) => product * dim), inputs.Count + 1)), type) with { Name = inputs[^1] });
        }

        foreach (var integers in Integers ?? [])
        {
            inputs.Add($"i{inputs.Count + 1}");
            builder.Initializer(inputs[^1], [integers.Length], integers);
        }

        foreach (var constant in Constants)
        {
            inputs.Add(constant is null ? "" : $"c{inputs.Count + 1}");
            if (constant is not null)
            {
                builder.Initializer((Op is "Resize" or "Upsample" ? constant : Typed(constant, type)) with { Name = inputs[^1] });
            }
        }

        inputs.Insert(Position, "x");
        return (Domain.Length > 0 ? builder.Opset(Domain, DomainVersion) : builder).Node(Op, Domain, inputs, Outputs, Attributes).ToBytes();
    }

    public static OnnxTensor Typed(OnnxTensor tensor, OnnxElementType type) => (tensor.ElementType, type) switch
    {
        (OnnxElementType.Float, OnnxElementType.Float16) => tensor with { ElementType = type, Data = MemoryMarshal.AsBytes(Array.ConvertAll(tensor.ToSingle(), value => (Half)value).AsSpan()).ToArray() },
        (OnnxElementType.Float, OnnxElementType.BFloat16) => tensor with { ElementType = type, Data = MemoryMarshal.AsBytes(Array.ConvertAll(tensor.ToSingle(), value => (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16)).AsSpan()).ToArray() },
        _ => tensor,
    };
}
