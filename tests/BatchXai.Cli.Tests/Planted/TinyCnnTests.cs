using BatchXai.Cli.Planted;
using BatchXai.Onnx.Torch;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using TorchSharp;
using Xunit;
using static BatchXai.Onnx.Torch.Scalars;

namespace BatchXai.Cli.Tests.Planted;

public sealed class TinyCnnTests
{
    private static readonly TrainingPlan Small = new() { Size = 24, Images = 192, Epochs = 2, Channels = [4, 6, 8], Seed = 3 };

    public TinyCnnTests() => LibTorch.EnsureLoaded();

    [Theory]
    [InlineData(1, false)]
    [InlineData(5, false)]
    [InlineData(5, true)]
    public void ToOnnx_TrainedNetwork_OnnxRuntimeGivesTheSameScores(int batch, bool batchNorm)
    {
        using var scope = torch.NewDisposeScope();
        using var network = Train(Small with { BatchNorm = batchNorm });
        using var session = new InferenceSession(TinyCnnExport.ToOnnx(network, Small.Size));
        var input = torch.rand(batch, 3, Small.Size, Small.Size).mul(Held(2)).sub(Held(1));
        using var outputs = session.Run([NamedOnnxValue.CreateFromTensor("input", new DenseTensor<float>(input.data<float>().ToArray(), [batch, 3, Small.Size, Small.Size]))]);
        var expected = network.call(input).data<float>().ToArray();
        var actual = Assert.Single(outputs);
        Assert.Equal("logits", actual.Name);
        Assert.Equal([batch, 6], actual.AsTensor<float>().Dimensions.ToArray());
        Assert.All(expected.Zip(actual.AsEnumerable<float>()), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void Train_SamePlan_SameNetwork()
    {
        using var scope = torch.NewDisposeScope();
        using var first = Train(Small);
        using var second = Train(Small);
        Assert.Equal(first.Head.weight!.data<float>().ToArray(), second.Head.weight!.data<float>().ToArray());
    }

    [Fact]
    public void Train_BackgroundTellsTheClass_IsLearntBeyondChance()
    {
        using var network = Train(new TrainingPlan { Size = 24, Images = 1_200, Epochs = 3, Seed = 3 }, correlation: 1);
        var fresh = new PlantedShortcutGenerator(24, 1, 9);
        Assert.True(TinyCnnTrainer.BalancedAccuracy(network, fresh, 300, 24, TestContext.Current.CancellationToken) > .5); // chance 1/6
    }

    [Fact]
    public void WithLabelNoise_AFifth_SoManyLabelsAreAnotherClass()
    {
        using var images = ImageSet.Draw(new PlantedShortcutGenerator(8, .5, 1), 3_000, 8, TestContext.Current.CancellationToken);
        using var noisy = images.WithLabelNoise(.2, seed: 5);
        using var same = images.WithLabelNoise(0, seed: 5);
        var (labels, changed) = (images.Labels.data<long>().ToArray(), noisy.Labels.data<long>().ToArray());
        Assert.InRange(labels.Zip(changed).Count(pair => pair.First != pair.Second), 501, 699); // 600 ± 4.5 sd
        Assert.All(changed, label => Assert.InRange(label, 0, 5));
        Assert.Equal(labels, same.Labels.data<long>().ToArray());
    }

    [Fact]
    public void Train_Cancelled_Stops()
    {
        using var stop = new CancellationTokenSource();
        var epochs = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => TinyCnnTrainer.Train(
            new PlantedShortcutGenerator(24, .5, 1), Small with { Epochs = 100 }, new Report(_ => { epochs++; stop.Cancel(); }), stop.Token));
        Assert.Equal(1, epochs);
    }

    [Fact]
    public void Train_MoreEpochs_LeaveNoMoreTensorsBehind()
    {
        // TorchSharp counts one tensor too many for every parameter that is made; the count of a single epoch has these too.
        Assert.Equal(LeftBehind(Small with { Epochs = 1 }), LeftBehind(Small with { Epochs = 4 }));
    }

    private static long Tensors()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return torch.Tensor.TotalCount;
    }

    private static long LeftBehind(TrainingPlan plan)
    {
        var before = Tensors();
        Train(plan).Dispose();
        return Tensors() - before;
    }

    private static TinyCnn Train(TrainingPlan plan, double correlation = .5) => TinyCnnTrainer.Train(
        new PlantedShortcutGenerator(plan.Size, correlation, 1), plan, new Report(_ => { }), TestContext.Current.CancellationToken);

    private sealed class Report(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        void IProgress<TrainingProgress>.Report(TrainingProgress value) => report(value);
    }
}
