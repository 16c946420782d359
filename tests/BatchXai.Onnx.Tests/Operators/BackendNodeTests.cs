using BatchXai.Testing;
using TorchSharp;
using Xunit;
using Tensor = TorchSharp.torch.Tensor;

namespace BatchXai.Onnx.Tests.Operators;

/// <summary>ONNX's own conformance tests: one operator each, with inputs and outputs.</summary>
public sealed class BackendNodeTests(ITestOutputHelper output)
{
    // Why a test that could run is expected not to pass.
    private static readonly Dictionary<string, string> Known = new()
    {
        ["test_training_dropout"] = Training,
        ["test_training_dropout_default"] = Training,
        ["test_training_dropout_default_mask"] = Training,
        ["test_training_dropout_mask"] = Training,
    };

    private const string Training = "drops elements at random; models run with inference semantics, so it is refused";

    [Fact]
    public void RegisteredOperators_OnOfficialTests_GiveTheOfficialOutputs()
    {
        var folder = Archive.FolderOrSkip("onnx/onnx-backend-tests-1.22.0.tar.xz", "node");
        var (passed, skipped, failures) = (0, new SortedDictionary<string, int>(), new List<string>());
        foreach (var test in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            using var scope = torch.NewDisposeScope();
            try
            {
                Check(test);
                passed++;
            }
            catch (Exception reason) when (reason is OutOfScopeException or UnsupportedOperatorsException)
            {
                var why = reason is UnsupportedOperatorsException unsupported ? string.Join(" + ", unsupported.Operators.Select(name => name.Split(" (")[0])) : reason.Message;
                skipped[why] = skipped.GetValueOrDefault(why) + 1;
            }
            catch (GraphExecutionException) when (Known.TryGetValue(Path.GetFileName(test), out var why))
            {
                skipped[why] = skipped.GetValueOrDefault(why) + 1;
            }
            catch (Exception failure)
            {
                failures.Add($"{Path.GetFileName(test)}: {failure.Message.Split('\n')[0]}");
            }
        }

        output.WriteLine($"{passed} passed, {failures.Count} failed, {skipped.Values.Sum()} not covered:\n{string.Join('\n', skipped.Select(skip => $"{skip.Value} {skip.Key}"))}");
        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.True(passed >= 850, $"only {passed} tests ran");
    }

    private static void Check(string test)
    {
        OnnxModel model;
        try
        {
            model = OnnxModel.Load(Path.Combine(test, "model.onnx"));
        }
        catch (OnnxFormatException refused) when (refused.Message.Contains("sparse", StringComparison.Ordinal))
        {
            throw new OutOfScopeException("sparse");
        }

        var values = model.Graph.Inputs.Concat(model.Graph.Outputs).ToList();
        if (values.Find(value => value.ElementType is OnnxElementType.Undefined or OnnxElementType.String or > OnnxElementType.BFloat16 or OnnxElementType.Complex64 or OnnxElementType.Complex128) is { } strange)
        {
            throw new OutOfScopeException($"type {strange.ElementType}");
        }

        using var graph = DifferentiableGraph.Compile(model);
        var data = Path.Combine(test, "test_data_set_0");
        var feeds = new Dictionary<string, Tensor>();
        for (var i = 0; i < model.Graph.Inputs.Count; i++)
        {
            feeds[model.Graph.Inputs[i].Name] = Tensors.FromProto(Path.Combine(data, $"input_{i}.pb"));
        }

        var outputs = model.Graph.Outputs.Select(info => info.Name).ToList();
        var results = graph.Run(feeds, outputs);
        for (var i = 0; i < outputs.Count; i++)
        {
            AssertClose(results[outputs[i]], Tensors.FromProto(Path.Combine(data, $"output_{i}.pb")));
        }
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

    private sealed class OutOfScopeException(string message) : Exception(message);
}
