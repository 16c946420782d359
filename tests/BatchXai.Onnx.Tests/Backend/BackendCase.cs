using BatchXai.Onnx.Execution;
using BatchXai.Onnx.Format;
using TorchSharp;
using Xunit;
using Tensor = TorchSharp.torch.Tensor;

namespace BatchXai.Onnx.Tests.Backend;

/// <summary>One of ONNX's own conformance tests: a small model with inputs and outputs.</summary>
internal sealed class BackendCase(string folder)
{
    public string Name => Path.GetFileName(folder);

    public OnnxModel Model { get; } = OnnxModel.Load(Path.Combine(folder, "model.onnx"));

    /// <summary>The operator that it tests; null where it is a composition.</summary>
    public (string Domain, string Op)? Operator => Model.Graph.Nodes is [var node] ? (node.Domain, node.OpType) : null;

    /// <summary>Runs it and compares. Belongs into a dispose scope.</summary>
    public void Check()
    {
        using var graph = DifferentiableGraph.Compile(Model);
        var data = Path.Combine(folder, "test_data_set_0");
        var feeds = Model.Graph.Inputs.Select((info, i) => (info.Name, Value: Read(info, Path.Combine(data, $"input_{i}.pb")))).ToDictionary(feed => feed.Name, feed => feed.Value);
        var results = graph.RunValues(feeds, [.. Model.Graph.Outputs.Select(info => info.Name)]);
        for (var i = 0; i < results.Length; i++)
        {
            AssertClose(results[i], Read(Model.Graph.Outputs[i], Path.Combine(data, $"output_{i}.pb")));
        }
    }

    private static Value Read(OnnxValueInfo info, string file) => info.Kind switch
    {
        OnnxValueKind.Tensor => Value.Borrow(Tensors.FromProto(file), info.ElementType),
        OnnxValueKind.Sequence => SequenceOf(new WireReader(File.ReadAllBytes(file), 0, 0, file)),
        OnnxValueKind.Optional => OptionalOf(new WireReader(File.ReadAllBytes(file), 0, 0, file)),
        _ => throw new NotSupportedException($"{info.Kind} values"),
    };

    // OptionalProto: TensorProto tensor_value = 3, SequenceProto sequence_value = 5.
    private static Value OptionalOf(WireReader reader)
    {
        var value = Value.None;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 3:
                    value = InitializerLoader.ToTorch(TensorParser.Parse(reader.Message("a value")), Tensors.Cpu);
                    break;
                case 5:
                    value = SequenceOf(reader.Message("a sequence"));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return value;
    }

    // SequenceProto: repeated TensorProto tensor_values = 3.
    private static Value SequenceOf(WireReader reader)
    {
        var items = new List<Value>();
        while (reader.Next())
        {
            if (reader.Field == 3)
            {
                items.Add(InitializerLoader.ToTorch(TensorParser.Parse(reader.Message("an item")), Tensors.Cpu));
            }
            else
            {
                reader.Skip();
            }
        }

        return Value.Sequence(items);
    }

    private static void AssertClose(Value actual, Value expected)
    {
        Assert.Equal((expected.IsSequence, expected.IsNone), (actual.IsSequence, actual.IsNone));
        if (expected.IsSequence)
        {
            Assert.Equal(expected.Items.Count, actual.Items.Count);
            foreach (var (a, e) in actual.Items.Zip(expected.Items))
            {
                AssertClose(a.HandOver(Tensors.Cpu), e.Tensor(Tensors.Cpu));
            }

            return;
        }

        if (expected.IsNone)
        {
            return;
        }

        AssertClose(actual.HandOver(Tensors.Cpu), expected.Tensor(Tensors.Cpu));
    }

    private static void AssertClose(Tensor actual, Tensor expected)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.Equal(expected.dtype, actual.dtype);
        var (a, b) = (Tensors.Values(actual), Tensors.Values(expected));
        var tolerance = actual.dtype is torch.ScalarType.Float16 ? 1e-2 : actual.dtype is torch.ScalarType.BFloat16 ? 2e-2 : 1e-3;
        for (var i = 0; i < a.Length; i++)
        {
            Assert.True(a[i].Equals(b[i]) || Math.Abs(a[i] - b[i]) <= 1e-6 + (tolerance * Math.Abs(b[i])), $"element {i} is {a[i]}, expected {b[i]}");
        }
    }
}
