using System.Runtime.InteropServices;

namespace BatchXai.Onnx.Format;

/// <summary><c>TensorProto</c> of onnx.proto3. Whatever field the elements come in, they leave as densely packed little-endian bytes.</summary>
internal static class TensorParser
{
    public static OnnxTensor Parse(WireReader reader)
    {
        var name = "";
        var type = OnnxElementType.Undefined;
        var dims = new List<long>();
        var integers = new List<long>();
        var chunks = new List<ReadOnlyMemory<byte>>();
        var external = false;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    reader.AddInt64s(dims);
                    break;
                case 2:
                    type = (OnnxElementType)reader.Int32();
                    break;
                case 4:
                    chunks.Add(reader.FixedBytes(WireType.Fixed32));
                    break;
                case 5 or 7 or 11:
                    reader.AddInt64s(integers);
                    break;
                case 8:
                    name = reader.Text();
                    break;
                case 9:
                    chunks.Add(reader.Bytes());
                    break;
                case 10:
                    chunks.Add(reader.FixedBytes(WireType.Fixed64));
                    break;
                case 14:
                    external |= reader.Int32() == 1;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (external)
        {
            throw new OnnxFormatException($"Tensor '{name}' is kept in another file (external data), which is not supported; export the model as a single file (torch.onnx.export: external_data=False).");
        }

        var data = integers.Count > 0 ? Narrow(integers, type) : Joined(chunks);
        return Checked(new OnnxTensor(name, type, dims, data), ref reader);
    }

    private static OnnxTensor Checked(OnnxTensor tensor, ref WireReader reader)
    {
        if (tensor.ElementType == OnnxElementType.String)
        {
            return tensor;
        }

        if (tensor.ElementType.Bits() == 0)
        {
            throw reader.Malformed($"('{tensor.Name}') has element type {(int)tensor.ElementType}, which ONNX does not define");
        }

        var expected = ExpectedBytes(tensor);
        return expected == tensor.Data.Length
            ? tensor
            : throw reader.Malformed($"('{tensor.Name}') has {tensor.Data.Length} bytes of data; [{string.Join(", ", tensor.Dims)}] × {tensor.ElementType} takes {(expected < 0 ? "an impossible number" : expected)}");
    }

    internal static long ExpectedBytes(OnnxTensor tensor)
    {
        try
        {
            var count = tensor.Dims.Aggregate(1L, (product, dim) => dim < 0 ? throw new OverflowException() : checked(product * dim));
            return tensor.ElementType.Bytes(count);
        }
        catch (OverflowException)
        {
            return -1;
        }
    }

    private static ReadOnlyMemory<byte> Joined(List<ReadOnlyMemory<byte>> chunks)
    {
        if (chunks.Count <= 1)
        {
            return chunks.FirstOrDefault();
        }

        var joined = new byte[chunks.Sum(chunk => chunk.Length)];
        var position = 0;
        foreach (var chunk in chunks)
        {
            chunk.CopyTo(joined.AsMemory(position));
            position += chunk.Length;
        }

        return joined;
    }

    // int32_data also carries the smaller types and the bits of 16-bit floats, one element a number.
    private static ReadOnlyMemory<byte> Narrow(List<long> values, OnnxElementType type)
    {
        var size = Math.Max(1, type.Bits() / 8);
        var packed = new byte[(long)values.Count * size];
        for (var i = 0; i < values.Count; i++)
        {
            var value = values[i];
            MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in value))[..Math.Min(size, 8)].CopyTo(packed.AsSpan(i * size));
        }

        return packed;
    }
}
