using System.Globalization;
using System.Text;

namespace BatchXai.TorchScript.Tests.Building;

/// <summary>Writes pickles as torch.jit.save does (protocol 2): module objects, tensors, flags.</summary>
internal sealed class PickleWriter
{
    private readonly List<byte> bytes = [];
    private readonly List<byte[]> storages = [];

    private PickleWriter() => Raw(0x80, 0x02);

    /// <summary>The pickle of a model, and its storages in the order of their keys.</summary>
    internal static (byte[] Pickle, IReadOnlyList<byte[]> Storages) Write(ScriptObject model)
    {
        var writer = new PickleWriter();
        writer.Object(model);
        writer.Text(".");
        return (writer.bytes.ToArray(), writer.storages);
    }

    private void Object(ScriptObject value)
    {
        var dot = value.Class.LastIndexOf('.');
        Global(value.Class[..dot], value.Class[(dot + 1)..]);
        Text(")"); // EMPTY_TUPLE
        Raw(0x81); // NEWOBJ
        Text("}("); // EMPTY_DICT MARK
        foreach (var (name, attribute) in value.Attributes)
        {
            String(name);
            Value(attribute);
        }

        Text("ub"); // SETITEMS BUILD
    }

    private void Value(object? value)
    {
        switch (value)
        {
            case ScriptObject submodule:
                Object(submodule);
                break;
            case Weights weights:
                Tensor(weights);
                break;
            case bool flag:
                Raw(flag ? (byte)0x88 : (byte)0x89);
                break;
            case null:
                Text("N");
                break;
            default:
                throw new ArgumentException($"{value.GetType()} is not written", nameof(value));
        }
    }

    /// <summary><c>_rebuild_tensor_v2(('storage', FloatStorage, key, 'cpu', numel), 0, shape, strides, requires_grad, OrderedDict())</c></summary>
    private void Tensor(Weights weights)
    {
        Global("torch._utils", "_rebuild_tensor_v2");
        Text("((");
        String("storage");
        Global("torch", "FloatStorage");
        String(storages.Count.ToString(CultureInfo.InvariantCulture));
        String("cpu");
        Int(weights.Values.Length);
        Text("tQ"); // TUPLE BINPERSID
        Int(0);
        Sizes(weights.Shape);
        Sizes([.. weights.Shape.Select((_, at) => weights.Shape[(at + 1)..].Aggregate(1, (product, size) => product * size))]);
        Raw(0x88);
        Global("collections", "OrderedDict");
        Text(")RtR"); // EMPTY_TUPLE REDUCE TUPLE REDUCE
        storages.Add([.. weights.Values.SelectMany(BitConverter.GetBytes)]);
    }

    private void Sizes(int[] sizes)
    {
        Text("(");
        Array.ForEach(sizes, Int);
        Text("t");
    }

    private void Global(string module, string name) => Text($"c{module}\n{name}\n");

    private void String(string text)
    {
        Text("X");
        bytes.AddRange(BitConverter.GetBytes(text.Length));
        Text(text);
    }

    private void Int(int value)
    {
        Text("J");
        bytes.AddRange(BitConverter.GetBytes(value));
    }

    private void Text(string ascii) => bytes.AddRange(Encoding.ASCII.GetBytes(ascii));

    private void Raw(params byte[] values) => bytes.AddRange(values);
}

/// <summary>A module object: its class and what it holds.</summary>
internal sealed record ScriptObject(string Class, params (string Name, object? Value)[] Attributes);

/// <summary>A parameter.</summary>
internal sealed record Weights(int[] Shape, float[] Values)
{
    /// <summary>Numbers that are the same in every run.</summary>
    internal static Weights Random(int seed, params int[] shape)
    {
        var random = new Random(seed);
        var count = shape.Aggregate(1, (product, size) => product * size);
        return new Weights(shape, [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() - .4f) * 2 / MathF.Sqrt((float)count / shape[0]))]);
    }
}
