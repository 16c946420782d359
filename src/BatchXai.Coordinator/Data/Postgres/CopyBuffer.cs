using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace BatchXai.Coordinator.Data;

/// <summary>
/// Rows in PostgreSQL's binary COPY format (its manual, "COPY", section "Binary Format"): every number is big-endian, every field has its length before it. Written here because
/// a value costs a tenth of what the driver's own writer takes, and a shard has thousands of them.
/// </summary>
internal sealed class CopyBuffer
{
    private readonly ArrayBufferWriter<byte> bytes = new(1 << 17);

    public ReadOnlyMemory<byte> Written => bytes.WrittenMemory;

    public void Clear() => bytes.ResetWrittenCount();

    public void Header()
    {
        bytes.Write("PGCOPY\n"u8);
        bytes.Write([(byte)0xff]);
        bytes.Write("\r\n\0"u8);
        Number(0); // No flags,
        Number(0); // and no further header.
    }

    public void Row(int columns) => Short(columns);

    public void Trailer() => Short(-1);

    public void Null() => Number(-1);

    public void Write(bool value)
    {
        Number(1);
        bytes.Write([value ? (byte)1 : (byte)0]);
    }

    public void Write(int value)
    {
        Number(sizeof(int));
        Number(value);
    }

    public void Write(long value)
    {
        Number(sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(bytes.GetSpan(sizeof(long)), value);
        bytes.Advance(sizeof(long));
    }

    public void Write(double value)
    {
        Number(sizeof(double));
        BinaryPrimitives.WriteDoubleBigEndian(bytes.GetSpan(sizeof(double)), value);
        bytes.Advance(sizeof(double));
    }

    public void Write(Guid value)
    {
        Number(16);
        value.TryWriteBytes(bytes.GetSpan(16), bigEndian: true, out _);
        bytes.Advance(16);
    }

    /// <summary>Text as UTF-8, made plain: one odd name must not keep a whole shard from being recorded.</summary>
    public void Write(string value)
    {
        value = PlainText.Of(value);
        Number(Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, bytes);
    }

    private void Short(int value)
    {
        BinaryPrimitives.WriteInt16BigEndian(bytes.GetSpan(sizeof(short)), (short)value);
        bytes.Advance(sizeof(short));
    }

    private void Number(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes.GetSpan(sizeof(int)), value);
        bytes.Advance(sizeof(int));
    }
}
