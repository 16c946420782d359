using BatchXai.Attribution.Methods;
using BatchXai.Attribution.Models;
using TorchSharp;
using Xunit;

namespace BatchXai.Attribution.Tests.Methods;

public class BatchTests
{
    private static readonly float[][] Some = [[1, 2, 3, 4], [9, 9, 8, 9], [3, 5, 4, 8], [2, 2, 2, 2], [3, 7, 5, 1]];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void NonFiniteItem_HasNoMaps_AndLeavesOthersAlone(bool linear)
    {
        using var classifier = HandNet.Load(linear ? HandNet.Linear() : HandNet.WithReluHead());
        string[] methods = ["gradcam", "saliency"];

        var clean = Explain(classifier, methods, Some[0], Some[1]);
        var mixed = Explain(classifier, methods, Some[0], [1, float.NaN, 1, 1], [float.PositiveInfinity, 0, 0, 0], Some[1]);

        Assert.Equal([true, false, false, true], mixed.Items.Select(item => item.IsFinite));
        Assert.Null(mixed.Items[1].Predicted);
        Assert.Equal([0, 0, 3, 3], mixed.Maps.Select(map => map.Item));
        Assert.All(clean.Maps.Zip(mixed.Maps), pair => Assert.Equal(pair.First.Values, pair.Second.Values));
    }

    [Fact]
    public void Both_ExplainsTheLabelOfMisclassifiedItemsToo()
    {
        using var classifier = HandNet.Load(HandNet.WithReluHead());
        using var images = HandNet.Images(Some);

        var explanation = classifier.Explain(images, new ExplainRequest { Methods = ["gradcam", "saliency"], Targets = TargetMode.Both, LabelOutputs = [[0], null, [0], [], [1]] });

        Assert.Equal([1, 0, 0, 1, 0], explanation.Items.Select(item => item.Predicted!.Value));
        Assert.Equal([false, null, true, null, false], explanation.Items.Select(item => item.Correct));
        Assert.Equal(
            ["0 predicted 1", "0 label 0", "1 predicted 0", "2 predicted 0", "3 predicted 1", "4 predicted 0", "4 label 1"],
            explanation.Maps.Where(map => map.Method == "gradcam").Select(map => $"{map.Item} {map.Target} {map.TargetOutput}"));
        foreach (var map in explanation.Maps.Where(map => map.Target == "label"))
        {
            using var one = HandNet.Images(Some[map.Item]);
            var alone = classifier.Explain(one, new ExplainRequest { Methods = [map.Method], Targets = TargetMode.Label, LabelOutputs = [[map.TargetOutput]] });
            HandNet.AssertClose([.. alone.Maps.Single().Values.Select(value => (double)value)], map.Values);
        }
    }

    [Fact]
    public void Label_OfSeveralOutputs_IsTheBestScoring_AndUnlabelledItemsGetNoMap()
    {
        using var classifier = HandNet.Load(HandNet.Linear());
        using var images = HandNet.Images(Some[0], Some[1]);

        var explanation = classifier.Explain(images, new ExplainRequest { Methods = ["cam"], Targets = TargetMode.Label, LabelOutputs = [[0, 1], null] });

        var map = explanation.Maps.Single();
        Assert.Equal((0, 1), (map.Item, map.TargetOutput));
        Assert.Equal([true, null], explanation.Items.Select(item => item.Correct));
    }

    [Fact]
    public void Loss_WithoutLabels_GivesPredictionsButNoMaps()
    {
        using var classifier = HandNet.Load(HandNet.Linear());

        var explanation = classifier.Explain("gradcam", loss: true);

        Assert.Single(explanation.Items);
        Assert.Empty(explanation.Maps);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void FixedBatch_AnyNumberOfItems_EqualsFreeBatch(int size)
    {
        using var fixedBatch = HandNet.Load(FixedNet(size, insists: true));
        using var free = HandNet.Load(FixedNet(null, insists: false));
        using var images = HandNet.Images(Some);
        var request = new ExplainRequest { Methods = ["gradcam", "saliency"], Targets = TargetMode.Both, LabelOutputs = [[0], [1], [0], [1], [1]] };

        var expected = free.Explain(images, request);
        var found = fixedBatch.Explain(images, request);

        Assert.Equal(size, fixedBatch.FixedBatch);
        Assert.Null(free.FixedBatch);
        Assert.Equal(expected.Items.Select(item => item.Predicted), found.Items.Select(item => item.Predicted));
        Assert.Equal(expected.Maps.Select(map => (map.Item, map.Method, map.Target)), found.Maps.Select(map => (map.Item, map.Method, map.Target)));
        Assert.All(expected.Maps.Zip(found.Maps), pair => HandNet.AssertClose([.. pair.First.Values.Select(value => (double)value)], pair.Second.Values));
    }

    [Fact]
    public void Explain_EmptyBatch_GivesNothing()
    {
        using var classifier = HandNet.Load(HandNet.Linear());
        using var none = torch.zeros(0, 1, 2, 2);

        Assert.Empty(classifier.Explain(none, new ExplainRequest { Methods = ["cam"] }).Items);
    }

    [Fact]
    public void Explain_WrongShapeOrLabel_IsRefused()
    {
        using var classifier = HandNet.Load(HandNet.Linear());
        using var wide = torch.zeros(1, 1, 2, 3);
        using var right = torch.zeros(1, 1, 2, 2);

        Assert.Contains("N×1×2×2", Refusal(wide, []), StringComparison.Ordinal);
        Assert.Contains("outputs 0 to 1", Refusal(right, [[2]]), StringComparison.Ordinal);
        Assert.Contains("2 items", Refusal(right, [null, null]), StringComparison.Ordinal);

        string Refusal(torch.Tensor input, IReadOnlyList<int>?[] labels) =>
            Assert.Throws<ArgumentException>(() => classifier.Explain(input, new ExplainRequest { Methods = ["cam"], LabelOutputs = labels })).Message;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Explain_Repeated_LeavesNoTensorBehind(bool linear)
    {
        using var classifier = HandNet.Load(linear ? HandNet.Linear() : HandNet.WithReluHead());
        using var images = HandNet.Images(Some);
        var request = new ExplainRequest { Methods = linear ? ["cam", "gradcam"] : ["gradcam", "saliency"], Targets = TargetMode.Both, LabelOutputs = [[0], [1], [0], [1], [1]] };
        classifier.Explain(images, request);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        for (var i = 0; i < 10; i++)
        {
            classifier.Explain(images, request);
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static Explanation Explain(Classifier classifier, string[] methods, params float[][] items)
    {
        using var images = HandNet.Images(items);
        return classifier.Explain(images, new ExplainRequest { Methods = methods });
    }

    /// <summary>Where it insists, an identity matrix over the items is multiplied in: no shape that could be freed.</summary>
    private static TinyNet FixedNet(long? size, bool insists)
    {
        var net = Idle(size);
        return insists ? net.Weight("eye", [size!.Value, size.Value], size == 1 ? [1] : [1, 0, 0, 1]).Node("MatMul", "eye scores", "same") : net;
    }

    private static TinyNet Idle(long? size) => new TinyNet(size, 1, 2, 2)
        .Weight("K", [2, 1, 1, 1], 1, -2).Weight("k", [2], 0, 6).Weight("W", [2, 2], 1, -.5f, -1, 2).Weight("b", [2], .5f, 0)
        .Node("Conv", "x K k", "conv").Node("Relu", "conv", "act").Node("GlobalAveragePool", "act", "pool").Node("Flatten", "pool", "flat")
        .Node("Relu", "flat", "idle").Node("Gemm", "idle W b", "scores");
}
