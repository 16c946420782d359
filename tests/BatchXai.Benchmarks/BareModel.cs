using System.Diagnostics;
using BatchXai.Attribution.Models;
using BatchXai.Contracts.Models;
using BatchXai.Onnx;
using BatchXai.Onnx.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace BatchXai.Benchmarks;

/// <summary>The bound: the model alone on tensors that are already in memory. No images, no measures, nothing stored.</summary>
internal sealed class BareModel : IDisposable
{
    private readonly DifferentiableGraph graph;
    private readonly Classifier shape;
    private readonly Tensor input;

    public BareModel(ModelSpec spec, int batchSize)
    {
        LibTorch.EnsureLoaded();
        var model = OnnxModel.Load(spec.Path);
        graph = DifferentiableGraph.Compile(model);
        shape = Classifier.Load(model, new() { Layer = spec.Layer, Output = spec.Output, Width = spec.Preprocess.Width, Height = spec.Preprocess.Height });
        // Here the file runs as it is: the classifier's own graph may have had its batch freed.
        BatchSize = shape.Batch.IsPatched ? shape.Batch.Declared ?? 1 : shape.FixedBatch ?? batchSize;
        input = randn([BatchSize, shape.Input.Channels, shape.Input.Height, shape.Input.Width]);
    }

    public int BatchSize { get; }

    /// <summary>Images a second of the forward pass without gradients.</summary>
    public Task<double> ForwardAsync(int images) => RateAsync(images, () =>
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        graph.Run(new Dictionary<string, Tensor> { [shape.Input.Name] = input }, shape.ScoresTensor);
    });

    /// <summary>Images a second of the forward pass and the gradient of the highest scores with respect to the input.</summary>
    public Task<double> ForwardAndInputGradientAsync(int images) => RateAsync(images, () =>
    {
        using var scope = NewDisposeScope();
        var x = input.detach().requires_grad_();
        var scores = graph.Run(new Dictionary<string, Tensor> { [shape.Input.Name] = x }, shape.ScoresTensor)[shape.ScoresTensor].flatten(1);
        var best = nn.functional.one_hot(scores.detach().argmax(1), scores.shape[1]).to_type(ScalarType.Float32);
        autograd.backward([scores], [best], inputs: [x]);
        x.grad!.sum().item<float>();
    });

    public void Dispose()
    {
        input.Dispose();
        shape.Dispose();
        graph.Dispose();
    }

    /// <summary>Runs on a thread such as the worker's, so that the bound has every advantage that the pipeline has.</summary>
    private Task<double> RateAsync(int images, Action pass)
    {
        var rate = new TaskCompletionSource<double>(TaskCreationOptions.RunContinuationsAsynchronously);
        TorchHeap.StartThread("bound", () => rate.SetResult(Rate(images, pass)));
        return rate.Task;
    }

    private double Rate(int images, Action pass)
    {
        pass(); // Warm: memory is taken, weights are packed.
        var batches = Math.Max(1, images / BatchSize);
        var clock = Stopwatch.StartNew();
        for (int i = 0; i < batches; i++)
        {
            pass();
        }

        return batches * BatchSize / clock.Elapsed.TotalSeconds;
    }
}
