using BatchXai.Onnx.Format;
using BatchXai.Onnx.Writing;

namespace BatchXai.Fuzz;

/// <summary>One field: a number, four bytes, bytes or a message.</summary>
internal sealed record Field(int Number, ulong Bits = 0, bool IsSingle = false, byte[]? Bytes = null, FieldTree? Message = null);

/// <summary>A model file as a tree of its fields, which can be changed and written again with right lengths.</summary>
/// <param name="kind">Which message of onnx.proto3 this is.</param>
internal sealed class FieldTree(string kind)
{
    private static readonly Dictionary<(string Kind, int Field), string> Messages = new()
    {
        [("Model", 7)] = "Graph",
        [("Model", 8)] = "Opset",
        [("Model", 14)] = "Entry",
        [("Model", 25)] = "Function",
        [("Graph", 1)] = "Node",
        [("Graph", 5)] = "Tensor",
        [("Graph", 11)] = "ValueInfo",
        [("Graph", 12)] = "ValueInfo",
        [("Graph", 15)] = "Sparse",
        [("Node", 5)] = "Attribute",
        [("Node", 9)] = "Entry",
        [("Attribute", 5)] = "Tensor",
        [("Attribute", 6)] = "Graph",
        [("Attribute", 22)] = "Sparse",
        [("Sparse", 1)] = "Tensor",
        [("Sparse", 2)] = "Tensor",
        [("Tensor", 13)] = "Entry",
        [("ValueInfo", 2)] = "Type",
        [("Type", 1)] = "TensorType",
        [("TensorType", 2)] = "Shape",
        [("Shape", 1)] = "Dimension",
        [("Function", 7)] = "Node",
        [("Function", 9)] = "Opset",
        [("Function", 11)] = "Attribute",
    };

    public string Kind => kind;

    public List<Field> Fields { get; } = [];

    public static FieldTree Read(byte[] model) => Read("Model", new WireReader(model, 0, 0, "The model"));

    /// <summary>Every place in the tree.</summary>
    public IEnumerable<(FieldTree Parent, int Index)> All()
        => Fields.SelectMany((field, index) => (field.Message?.All() ?? []).Prepend((this, index)));

    public WireWriter Write()
    {
        var written = new WireWriter();
        foreach (var field in Fields)
        {
            _ = field switch
            {
                { Message: { } message } => written.Message(field.Number, message.Write()),
                { Bytes: { } bytes } => written.Bytes(field.Number, bytes),
                { IsSingle: true } => written.Single(field.Number, BitConverter.UInt32BitsToSingle((uint)field.Bits)),
                _ => written.Int(field.Number, (long)field.Bits),
            };
        }

        return written;
    }

    private static FieldTree Read(string kind, WireReader reader)
    {
        var tree = new FieldTree(kind);
        while (reader.Next())
        {
            tree.Fields.Add(reader.Type switch
            {
                WireType.Varint => new Field(reader.Field, (ulong)reader.Int64()),
                WireType.Fixed32 => new Field(reader.Field, BitConverter.SingleToUInt32Bits(reader.Single()), IsSingle: true),
                _ when Messages.TryGetValue((kind, reader.Field), out var inner) => new Field(reader.Field, Message: Read(inner, reader.Message(inner))),
                _ => new Field(reader.Field, Bytes: reader.Bytes().ToArray()),
            });
        }

        return tree;
    }
}
