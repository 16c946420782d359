using System.Buffers.Binary;
using System.Text;

namespace BatchXai.Distributed.Tests.Telemetry;

/// <summary>A step of a trace, as OTLP sends it.</summary>
internal sealed record Span(string Trace, string Id, string Parent, string Name)
{
    /// <summary>The spans of an ExportTraceServiceRequest: resource_spans (1) hold scope_spans (2), which hold spans (2).</summary>
    public static IEnumerable<Span> Read(byte[] request) =>
        from resource in Fields(request)
        where resource.Number == 1
        from scope in Fields(resource.Bytes)
        where scope.Number == 2
        from span in Fields(scope.Bytes)
        where span.Number == 2
        select Of([.. Fields(span.Bytes)]);

    private static Span Of(List<(int Number, byte[] Bytes)> fields)
    {
        byte[] Field(int number) => fields.Find(field => field.Number == number).Bytes ?? [];
        return new(Convert.ToHexString(Field(1)), Convert.ToHexString(Field(2)), Convert.ToHexString(Field(4)), Encoding.UTF8.GetString(Field(5)));
    }

    /// <summary>The fields of a message that have a length; numbers are passed over.</summary>
    private static IEnumerable<(int Number, byte[] Bytes)> Fields(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            switch (tag & 7)
            {
                case 0:
                    Varint(message, ref at);
                    break;
                case 1:
                    at += sizeof(ulong);
                    break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    yield return ((int)(tag >> 3), message[at..(at + length)]);
                    at += length;
                    break;
                case 5:
                    at += sizeof(uint);
                    break;
                default:
                    throw new InvalidDataException($"Wire type {tag & 7} at {at}.");
            }
        }
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
