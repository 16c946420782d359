using BatchXai.Onnx;
using TorchSharp;
using static BatchXai.Onnx.Torch.Scalars;

namespace BatchXai.Attribution.Models;

/// <summary>
/// Finds a linear head: by the operators behind the target layer, then by measuring W and b with one channel lit at a time, then by
/// comparing z with W·mean(A) + b on random activations. Whatever the exporter wrote (Gemm, MatMul + Add, 1×1 Conv, ReduceMean …) looks the same.
/// </summary>
internal sealed class LinearHeadSearch
{
    // A power of two: dividing by it is exact, and it lifts the weights above the rounding error of a large bias.
    private const float Lit = 256;
    private const int Batch = 64;
    private const double Tolerance = 1e-3;
    private const double HalfTolerance = 2e-2;

    private static readonly string[] Linear =
    [
        "GlobalAveragePool", "AveragePool", "ReduceMean", "ReduceSum", "Flatten", "Reshape", "Squeeze", "Unsqueeze", "Transpose", "Identity", "Dropout", "Cast", "CastLike",
        "Gemm", "MatMul", "FusedMatMul", "Einsum", "Conv", "Add", "Sum", "Sub", "Mul", "Div", "Neg", "Concat", "Split", "Slice", "Gather", "Expand", "BatchNormalization",
    ];

    private readonly torch.Device device;
    private readonly ClassifierInput input;
    private readonly SpatialLayer layer;
    private readonly Tail tail;
    private readonly int? fixedBatch;

    private LinearHeadSearch(torch.Device device, ClassifierInput input, SpatialLayer layer, Tail tail, int? fixedBatch) =>
        (this.device, this.input, this.layer, this.tail, this.fixedBatch) = (device, input, layer, tail, fixedBatch);

    /// <summary>The head, or null with the reason.</summary>
    internal static LinearHead? Find(
        DifferentiableGraph graph, ClassifierInput input, SpatialLayer? layer, Tail? tail, ScoreReader scores, int? fixedBatch, out string? reason)
    {
        if (layer is null)
        {
            reason = "CAM needs a target layer, and the model has none.";
            return null;
        }

        var operators = TailGraph.OperatorsBetween(graph.Model.Graph, layer.Tensor, scores.Tensor);
        var rest = operators.Except(Linear).ToList();
        var head = tail is null || rest.Except(["Relu"]).Any() ? null : new LinearHeadSearch(graph.Device, input, layer, tail, fixedBatch).Measure(hasRelu: rest.Count > 0);
        reason = head is not null ? null
            : $"CAM needs global average pooling and one linear layer behind the target layer; behind '{layer.Name}' there are {string.Join(", ", operators.Distinct())}. Use Grad-CAM.";
        return head;
    }

    /// <summary>The head of a model whose weights were replaced; null when it is none any more.</summary>
    internal static LinearHead? Again(torch.Device device, ClassifierParts parts, Tail tail) =>
        new LinearHeadSearch(device, parts.Input, parts.Layer!, tail, parts.FixedBatch).Measure(hasRelu: !parts.Head!.IsExact);

    private LinearHead? Measure(bool hasRelu)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var bias = Scores(torch.zeros(Shape(1), torch.ScalarType.Float32, device))[0];
        var weights = Weights(bias);
        var fits = hasRelu
            ? IsIdentity(weights) && Holds(weights, bias, activation => activation.relu())
            : Holds(weights, bias, activation => activation);
        return fits ? new LinearHead(weights, bias, isExact: !hasRelu) : null;
    }

    private torch.Tensor Weights(torch.Tensor bias)
    {
        var columns = new List<torch.Tensor>();
        for (var first = 0; first < layer.Channels; first += Batch)
        {
            using var scope = torch.NewDisposeScope();
            var count = Math.Min(Batch, layer.Channels - first);
            var lit = torch.zeros([count, layer.Channels], torch.ScalarType.Float32, device);
            var diagonal = Arange(count, device);
            lit.index_put_(torch.tensor(Lit, device: device), [torch.TensorIndex.Tensor(diagonal), torch.TensorIndex.Tensor(diagonal.Plus(Held(first)))]);
            var activation = lit.reshape(count, layer.Channels, 1, 1).expand(Shape(count)).contiguous();
            columns.Add(Scores(activation).sub(bias).div(Held(Lit)).MoveToOuterDisposeScope());
        }

        return torch.cat(columns, 0).t().contiguous();
    }

    private bool Holds(torch.Tensor weights, torch.Tensor bias, Func<torch.Tensor, torch.Tensor> before)
    {
        var activation = Noise.Of(device, 1, Shape(3));
        var found = Scores(activation) - bias;
        var expected = before(activation).mean([2, 3]).mm(weights.t());
        var scale = found.abs().max().item<float>();
        return (found - expected).abs().max().item<float>() <= (layer.ElementType is torch.ScalarType.Float16 or torch.ScalarType.BFloat16 ? HalfTolerance : Tolerance) * scale;
    }

    private static bool IsIdentity(torch.Tensor weights) =>
        weights.shape[0] == weights.shape[1] && (weights - torch.eye(weights.shape[0], device: weights.device)).abs().max().item<float>() < 1e-5f;

    private torch.Tensor Scores(torch.Tensor activations)
    {
        var count = (int)activations.shape[0];
        if (fixedBatch is not { } size)
        {
            return Tail(activations);
        }

        var rows = new List<torch.Tensor>();
        for (var i = 0; i < count; i++)
        {
            rows.Add(Tail(activations.narrow(0, i, 1).expand(Shape(size)).contiguous()).narrow(0, 0, 1));
        }

        return torch.cat(rows, 0);
    }

    private torch.Tensor Tail(torch.Tensor activations)
    {
        // One zero image seen many times: it takes no memory.
        var images = torch.zeros([1, input.Channels, input.Height, input.Width], torch.ScalarType.Float32, device);
        return tail.Scores(layer.FromGrid(activations), images.expand(activations.shape[0], -1, -1, -1));
    }

    private long[] Shape(int count) => [count, layer.Channels, layer.Height, layer.Width];
}
