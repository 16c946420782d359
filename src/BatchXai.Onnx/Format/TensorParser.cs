using System.Runtime.InteropServices;

namespace BatchXai.Onnx.Format;

/// <summary><c>TensorProto</c> of onnx.proto3. Whatever field or file the elements come in, they leave as densely packed little-endian bytes.</summary>
internal static class TensorParser
{
    private const int FloatData = 4, IntData = 5, LongData = 7, RawData = 9, DoubleData = 10, UnsignedData = 11;

    public static OnnxTensor Parse(WireReader reader)
    {
        reader.Context.AddTensor(ref reader);
        var tensor = new OnnxTensor("", OnnxElementType.Undefined, [], default);
        var dims = new List<long>();
        var field = RawData;
        var chunks = new List<ReadOnlyMemory<byte>>();
        var external = false;
        var entries = new Dictionary<string, string>();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    reader.AddInt64s(dims);
                    break;
                case 2:
                    tensor = tensor with { ElementType = (OnnxElementType)reader.Int32() };
                    break;
                case FloatData:
                    Add(reader.FixedBytes(WireType.Fixed32), ref reader);
                    break;
                case IntData or LongData or UnsignedData:
                    Add(reader.VarintBytes(), ref reader);
                    break;
                case 8:
                    tensor = tensor with { Name = reader.Text() };
                    break;
                case RawData:
                    Add(reader.Bytes(), ref reader);
                    break;
                case DoubleData:
                    Add(reader.FixedBytes(WireType.Fixed64), ref reader);
                    break;
                case 13:
                    EntryParser.Add(entries, reader.Message("An external data entry"));
                    break;
                case 14:
                    external = reader.Int32() == 1;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        tensor = tensor with { Dims = dims };
        var expected = RequireShape(tensor, ref reader);
        if (tensor.ElementType == OnnxElementType.String)
        {
            return tensor;
        }

        return external
            ? tensor with { Data = External(tensor, entries, expected, ref reader) }
            : Checked(tensor with { Data = Joined(tensor, field, chunks, ref reader) }, expected, ref reader);

        void Add(ReadOnlyMemory<byte> chunk, ref WireReader reader)
        {
            if (chunk.IsEmpty)
            {
                return;
            }

            if (chunks.Count > 0 && field != reader.Field)
            {
                throw reader.Malformed($"has its data twice, in fields {field} and {reader.Field}");
            }

            // One element a chunk, where a writer does not pack them.
            reader.Context.AddBytes(16, ref reader);
            field = reader.Field;
            chunks.Add(chunk);
        }
    }

    /// <summary>Checks type and shape, and gives the bytes that the elements take densely packed.</summary>
    public static long RequireShape(OnnxTensor tensor, ref WireReader reader)
    {
        var limits = reader.Context.Limits;
        reader.Require(tensor.Dims.Count, limits.Rank, $"axes in '{tensor.Name}'", nameof(OnnxLimits.Rank));
        var negative = tensor.Dims.Any(dim => dim < 0);
        if (negative || (tensor.ElementType.Bits() == 0 && tensor.ElementType != OnnxElementType.String))
        {
            throw reader.Malformed($"('{tensor.Name}') has {(negative ? "a negative size" : $"element type {(int)tensor.ElementType}, which ONNX does not define")}");
        }

        // Sizes beside a zero count too: nothing later may overflow on them.
        long product = 1;
        foreach (var dim in tensor.Dims.Where(dim => dim > 0))
        {
            reader.Require(dim > limits.Elements / product ? long.MaxValue : product *= dim, limits.Elements, $"elements or more in '{tensor.Name}' [{string.Join(", ", tensor.Dims)}]", nameof(OnnxLimits.Elements));
        }

        return tensor.ElementType.Bytes(tensor.Count);
    }

    private static OnnxTensor Checked(OnnxTensor tensor, long expected, ref WireReader reader) => expected == tensor.Data.Length
        ? tensor
        : throw reader.Malformed($"('{tensor.Name}') has {tensor.Data.Length} bytes of data; [{string.Join(", ", tensor.Dims)}] × {tensor.ElementType} takes {expected}");

    private static ReadOnlyMemory<byte> External(OnnxTensor tensor, Dictionary<string, string> entries, long expected, ref WireReader reader)
        => reader.Context.ExternalFiles is { } files
            ? files.Read(tensor.Name, entries, expected)
            : throw new OnnxFormatException($"Tensor '{tensor.Name}' is kept in another file, '{entries.GetValueOrDefault("location")}' (external data), and this model is not a file. Load it from its folder, or export it as a single file (torch.onnx.export: external_data=False).");

    private static ReadOnlyMemory<byte> Joined(OnnxTensor tensor, int field, List<ReadOnlyMemory<byte>> chunks, ref WireReader reader)
    {
        if (chunks.Count > 0 && field != RawData && field != FieldOf(tensor.ElementType))
        {
            throw reader.Malformed($"('{tensor.Name}') holds {tensor.ElementType} in field {field}, which is for other types");
        }

        if (field is IntData or LongData or UnsignedData)
        {
            return Narrow(chunks, tensor.ElementType, ref reader);
        }

        if (chunks.Count <= 1)
        {
            return chunks.FirstOrDefault();
        }

        var length = chunks.Sum(chunk => (long)chunk.Length);
        reader.Context.AddBytes(length, ref reader);
        var joined = new byte[length];
        var position = 0;
        foreach (var chunk in chunks)
        {
            chunk.CopyTo(joined.AsMemory(position));
            position += chunk.Length;
        }

        return joined;
    }

    private static int FieldOf(OnnxElementType type) => type switch
    {
        OnnxElementType.Float or OnnxElementType.Complex64 => FloatData,
        OnnxElementType.Double or OnnxElementType.Complex128 => DoubleData,
        OnnxElementType.Int64 => LongData,
        OnnxElementType.UInt32 or OnnxElementType.UInt64 => UnsignedData,
        _ => IntData,
    };

    // int32_data also carries the smaller types and the bits of 16-bit floats, one element a number; of types below a byte, one byte a number.
    private static byte[] Narrow(List<ReadOnlyMemory<byte>> chunks, OnnxElementType type, ref WireReader reader)
    {
        var size = Math.Max(1, type.Bits() / 8);
        var length = size * chunks.Sum(chunk => (long)Varints.Count(chunk.Span));
        reader.Context.AddBytes(length, ref reader);
        var packed = new byte[length];
        var position = 0;
        foreach (var chunk in chunks)
        {
            if (!Varints.Each(chunk.Span, Put))
            {
                throw reader.Malformed("has a number that is cut off or longer than 64 bits");
            }
        }

        return packed;

        void Put(long value)
        {
            MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in value))[..size].CopyTo(packed.AsSpan(position));
            position += size;
        }
    }
}
