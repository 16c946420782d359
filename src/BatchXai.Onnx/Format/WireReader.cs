using System.Buffers.Binary;
using System.Text;

namespace BatchXai.Onnx.Format;

/// <summary>
/// Reads one protobuf message field by field. Length-delimited fields come back as slices of the file, never as copies.
/// Every malformed byte ends in <see cref="OnnxFormatException"/>, which names the message and the offset in the file.
/// </summary>
/// <param name="message">The bytes of the message.</param>
/// <param name="origin">Where the message begins in the file, for error messages.</param>
/// <param name="depth">How deep messages are nested here.</param>
/// <param name="what">What the message is, for error messages.</param>
/// <param name="context">What the readers of one model share; null for a message on its own.</param>
internal ref struct WireReader(ReadOnlyMemory<byte> message, long origin, int depth, string what, ParseContext? context = null)
{
    private const int MaxFieldNumber = (1 << 29) - 1;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> bytes = message.Span;
    private int position;

    /// <summary>How the current field is laid out.</summary>
    public WireType Type { get; private set; }

    /// <summary>Number of the field that <see cref="Next"/> moved to.</summary>
    public int Field { get; private set; }

    public ParseContext Context { get; } = context ?? new ParseContext();

    /// <summary>Moves to the next field; false at the end of the message.</summary>
    public bool Next()
    {
        if (position == bytes.Length)
        {
            return false;
        }

        var tag = RawVarint();
        var number = tag >> 3;
        if (number is 0 or > MaxFieldNumber)
        {
            throw Malformed($"has an impossible field number {number}");
        }

        Field = (int)number;
        Type = (WireType)(tag & 7);
        return Type is WireType.Varint or WireType.Fixed64 or WireType.Bytes or WireType.Fixed32
            ? true
            : throw Malformed($"has field {Field} of unknown wire type {(int)Type}");
    }

    public void Skip()
    {
        switch (Type)
        {
            case WireType.Varint:
                RawVarint();
                break;
            case WireType.Fixed64:
                Take(8);
                break;
            case WireType.Fixed32:
                Take(4);
                break;
            default:
                Take(Length());
                break;
        }
    }

    public long Int64()
    {
        Expect(WireType.Varint);
        return (long)RawVarint();
    }

    public int Int32() => unchecked((int)Int64());

    public float Single()
    {
        Expect(WireType.Fixed32);
        return BinaryPrimitives.ReadSingleLittleEndian(Take(4));
    }

    public ReadOnlyMemory<byte> Bytes()
    {
        Expect(WireType.Bytes);
        var length = Length();
        var start = position;
        Take(length);
        return message.Slice(start, length);
    }

    /// <summary>A name.</summary>
    public string Text()
    {
        var start = position;
        Require(Bytes().Length, Context.Limits.NameLength, "bytes in a name", nameof(OnnxLimits.NameLength));
        position = start;
        return LongText();
    }

    /// <summary>Text of any length.</summary>
    public string LongText()
    {
        var start = position;
        var encoded = Bytes();
        Context.AddBytes(2L * encoded.Length, ref this);
        try
        {
            return StrictUtf8.GetString(encoded.Span);
        }
        catch (DecoderFallbackException)
        {
            position = start;
            throw Malformed($"has text in field {Field} that is not UTF-8");
        }
    }

    /// <summary>A reader of the nested message in the current field.</summary>
    public WireReader Message(string name)
    {
        Require(depth + 1, Context.Limits.Depth, "messages within messages", nameof(OnnxLimits.Depth));
        var inner = Bytes();
        return new WireReader(inner, origin + position - inner.Length, depth + 1, name, Context);
    }

    /// <summary>Adds the current field to a list of names.</summary>
    public void AddText(List<string> values)
    {
        Require(values.Count + 1, Context.Limits.ListLength, "names in a list", nameof(OnnxLimits.ListLength));
        values.Add(Text());
    }

    /// <summary>Adds the current field to a list of integers, whether packed or one by one.</summary>
    public void AddInt64s(List<long> values)
    {
        var encoded = VarintBytes().Span;
        Require(values.Count + Varints.Count(encoded), Context.Limits.ListLength, "numbers in a list", nameof(OnnxLimits.ListLength));
        Context.AddBytes(sizeof(long) * (long)encoded.Length, ref this);
        if (!Varints.Each(encoded, values.Add))
        {
            throw Malformed($"has field {Field} with a number that is cut off or longer than 64 bits");
        }
    }

    /// <summary>The current field of a repeated integer, whether packed or not: numbers one after the other.</summary>
    public ReadOnlyMemory<byte> VarintBytes()
    {
        if (Type == WireType.Bytes)
        {
            return Bytes();
        }

        Expect(WireType.Varint);
        var start = position;
        RawVarint();
        return message[start..position];
    }

    /// <summary>The current field of a repeated float or double as its raw little-endian bytes, whether packed or not.</summary>
    public ReadOnlyMemory<byte> FixedBytes(WireType element)
    {
        if (Type == WireType.Bytes)
        {
            return Bytes();
        }

        Expect(element);
        var size = element == WireType.Fixed32 ? 4 : 8;
        var start = position;
        Take(size);
        return message.Slice(start, size);
    }

    public readonly OnnxFormatException Malformed(string problem)
        => new($"{what} {problem} (byte {origin + position}). The file is damaged or is not an ONNX model; export or download it again.");

    /// <summary>Refuses what exceeds a limit.</summary>
    public readonly void Require(long amount, long limit, string things, string limitName)
    {
        if (amount > limit)
        {
            throw new OnnxFormatException($"{what} has {amount} {things} (byte {origin + position}), where {limit} are allowed ({nameof(OnnxLimits)}.{limitName}).");
        }
    }

    private readonly void Expect(WireType expected)
    {
        if (Type != expected)
        {
            throw Malformed($"has field {Field} as {Type} where {expected} is expected");
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > bytes.Length - position)
        {
            throw Malformed($"is truncated: field {Field} wants {count} bytes and {bytes.Length - position} are left");
        }

        var taken = bytes.Slice(position, count);
        position += count;
        return taken;
    }

    private int Length()
    {
        var length = RawVarint();
        return length <= (ulong)(bytes.Length - position)
            ? (int)length
            : throw Malformed($"is truncated: field {Field} wants {length} bytes and {bytes.Length - position} are left");
    }

    private ulong RawVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (position == bytes.Length)
            {
                throw Malformed("is truncated inside a number");
            }

            var next = bytes[position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Malformed("has a number longer than 64 bits");
    }
}
