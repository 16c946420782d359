using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using BatchXai.Onnx.Format;

namespace BatchXai.Onnx.Writing;

/// <summary>Writes one protobuf message.</summary>
internal sealed class WireWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new();

    public WireWriter Int(int field, long value)
    {
        Tag(field, WireType.Varint);
        return Varint((ulong)value);
    }

    public WireWriter Single(int field, float value)
    {
        Tag(field, WireType.Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(buffer.GetSpan(4), value);
        buffer.Advance(4);
        return this;
    }

    public WireWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public WireWriter Message(int field, WireWriter message) => Bytes(field, message.buffer.WrittenSpan);

    public WireWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, WireType.Bytes);
        Varint((ulong)value.Length);
        buffer.Write(value);
        return this;
    }

    /// <summary>Adds all fields of another message.</summary>
    public WireWriter Append(WireWriter fields)
    {
        buffer.Write(fields.buffer.WrittenSpan);
        return this;
    }

    public byte[] ToArray() => buffer.WrittenSpan.ToArray();

    private void Tag(int field, WireType type) => Varint(((ulong)field << 3) | (ulong)type);

    private WireWriter Varint(ulong value)
    {
        var span = buffer.GetSpan(10);
        var length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        buffer.Advance(length);
        return this;
    }
}
