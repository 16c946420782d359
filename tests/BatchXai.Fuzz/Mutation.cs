using System.Buffers.Binary;
using BatchXai.Onnx.Operators;

namespace BatchXai.Fuzz;

/// <summary>Damages a model file: its bytes, or its fields so that it still parses.</summary>
internal static class Mutation
{
    private static readonly long[] Numbers =
    [
        0, 1, -1, 2, 3, 5, 7, 16, 63, 64, 65, 100, 255, 256, 1000, 4096, 65535, 65536, 65537, 1 << 20, int.MaxValue, 1L << 31, 1L << 32, (1L << 32) - 1,
        int.MinValue, 1L << 40, 1L << 62, long.MaxValue, long.MinValue, -2, -3, -100, -65536,
    ];

    private static readonly float[] Singles = [0, -0f, 1, -1, 0.5f, 1e-38f, 1e38f, 1e9f, -1e9f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 3.5f, 1e-6f];

    private static readonly string[] Locations = ["../weights.bin", "/dev/zero", "/proc/self/mem", "sub", ".", "", "nowhere", "weights.bin/", "we\0ights.bin", "-1", "99999999999999999999", "4096", "4095", "1e3"];

    private static readonly string[] Operators = [.. OperatorTable.All.Select(variant => variant.Op).Distinct()];

    public static byte[] Damage(byte[] original, Random random)
    {
        if (random.Next(6) == 0)
        {
            return DamageBytes(original, random);
        }

        var model = FieldTree.Read(original);
        for (var change = random.Next(4); change >= 0; change--)
        {
            DamageField(model, random);
        }

        var bytes = model.Write().ToArray();
        return random.Next(20) == 0 ? DamageBytes(bytes, random) : bytes;
    }

    private static byte[] DamageBytes(byte[] original, Random random)
    {
        var bytes = original.ToArray();
        for (var change = random.Next(4); change >= 0; change--)
        {
            var at = random.Next(bytes.Length);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    var length = random.Next(1, 1 + Math.Min(64, bytes.Length - at));
                    bytes.AsSpan(random.Next(bytes.Length - length + 1), length).ToArray().CopyTo(bytes, at);
                    break;
                case 3:
                    bytes.AsSpan(at, Math.Min(random.Next(1, 10), bytes.Length - at)).Fill(0xFF);
                    break;
                default:
                    bytes = change == 0 ? bytes[..Math.Max(1, at)] : bytes;
                    break;
            }
        }

        return bytes;
    }

    private static void DamageField(FieldTree model, Random random)
    {
        var all = model.All().ToList();
        var values = all.Where(IsValue).ToList();
        var places = random.Next(3) == 0 || values.Count == 0 ? all : values;
        var (parent, index) = places[random.Next(places.Count)];
        var field = parent.Fields[index];
        switch (random.Next(24))
        {
            case 0:
                parent.Fields.RemoveAt(index);
                break;
            case 1:
                parent.Fields.Insert(random.Next(parent.Fields.Count + 1), field);
                break;
            case 2:
                var (otherParent, otherIndex) = all[random.Next(all.Count)];
                if (field.Message is not null || otherParent.Fields[otherIndex].Message is not null)
                {
                    break; // A message must not come to lie within itself.
                }

                (parent.Fields[index], otherParent.Fields[otherIndex]) = (otherParent.Fields[otherIndex] with { Number = field.Number }, field with { Number = otherParent.Fields[otherIndex].Number });
                break;
            default:
                parent.Fields[index] = Changed(parent, field, all, random);
                break;
        }
    }

    // What operators read: a damaged one mostly still reaches them.
    private static bool IsValue((FieldTree Parent, int Index) place) => (place.Parent.Kind, place.Parent.Fields[place.Index].Number)
        is ("Attribute", 2 or 3 or 7 or 8) or ("Tensor", 9) or ("Node", 1 or 4) or ("Opset", 2) or ("Dimension", 1) or ("TensorType", 1);

    private static Field Changed(FieldTree parent, Field field, List<(FieldTree Parent, int Index)> all, Random random) => field switch
    {
        { Message: not null } => field,
        { Bytes: { } bytes } => field with { Bytes = ChangedBytes(parent, field.Number, bytes, all, random) },
        { IsSingle: true } => field with { Bits = BitConverter.SingleToUInt32Bits(Singles[random.Next(Singles.Length)]) },
        _ => field with { Bits = (ulong)(random.Next(3) == 0 ? (long)field.Bits + random.Next(-2, 3) : Numbers[random.Next(Numbers.Length)]) },
    };

    private static byte[] ChangedBytes(FieldTree parent, int number, byte[] bytes, List<(FieldTree Parent, int Index)> all, Random random)
    {
        switch (parent.Kind, number)
        {
            case ("Node", 4):
                return System.Text.Encoding.UTF8.GetBytes(Operators[random.Next(Operators.Length)]);
            case ("Tensor", 9) when bytes.Length >= 4:
                return ChangedElement(bytes, random);
            case ("Entry", 2):
                return System.Text.Encoding.UTF8.GetBytes(Locations[random.Next(Locations.Length)]);
            case ("Node", 1):
                var names = all.Where(place => (place.Parent.Kind, place.Parent.Fields[place.Index].Number) is ("Node", 1 or 2)).Select(place => place.Parent.Fields[place.Index].Bytes!).ToList();
                return random.Next(8) == 0 ? [] : names[random.Next(names.Count)];
            default:
                // Any other text of the model.
                var texts = all.Select(place => place.Parent.Fields[place.Index].Bytes).Where(text => text is { Length: < 40 }).ToList();
                return texts.Count == 0 || random.Next(4) == 0 ? bytes[..random.Next(bytes.Length + 1)] : texts[random.Next(texts.Count)]!;
        }
    }

    private static byte[] ChangedElement(byte[] bytes, Random random)
    {
        var changed = bytes.ToArray();
        if (bytes.Length % 8 == 0 && random.Next(4) != 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(changed.AsSpan(8 * random.Next(bytes.Length / 8)), Numbers[random.Next(Numbers.Length)]);
        }
        else
        {
            BinaryPrimitives.WriteSingleLittleEndian(changed.AsSpan(4 * random.Next(bytes.Length / 4)), Singles[random.Next(Singles.Length)]);
        }

        return changed;
    }
}
