using BatchXai.Attribution.Methods;
using BatchXai.Attribution.Models;
using TorchSharp;
using Xunit;

namespace BatchXai.Attribution.Tests.Methods;

public class PredictTests
{
    [Fact]
    public void Prediction_IsThatOfTheExplanation()
    {
        using var classifier = HandNet.Load(HandNet.WithReluHead());
        using var images = HandNet.Images(HandNet.Image, [0, 0, 0, 9], HandNet.Image);
        IReadOnlyList<IReadOnlyList<int>?> labels = [[1], null, [0]];

        var predicted = classifier.Predict(images, labels);

        Assert.Equal(classifier.Explain(images, new ExplainRequest { Methods = ["saliency"], LabelOutputs = labels }).Items, predicted);
        Assert.Equal([true, null, false], predicted.Select(item => item.Correct));
        Assert.Equal(HandNet.P1, predicted[0].LabelProbability!.Value, 1e-6);
        Assert.Equal(1 - HandNet.P1, predicted[2].LabelProbability!.Value, 1e-6);
        Assert.Null(predicted[1].LabelProbability);
    }

    [Fact]
    public void LabelProbability_OfALabelWithSeveralOutputs_IsTheirSum()
    {
        using var classifier = HandNet.Load(HandNet.Linear());
        using var images = HandNet.Images(HandNet.Image);

        Assert.Equal(1, classifier.Predict(images, [[0, 1]])[0].LabelProbability!.Value, 1e-9);
        Assert.Equal(HandNet.P1, classifier.Predict(images, [[1, 1]])[0].LabelProbability!.Value, 1e-6);
    }

    [Fact]
    public void ModelOfAFixedBatch_PredictsAnyNumber()
    {
        var net = new TinyNet(2, 1, 2, 2).Weight("W", [4, 3], 1, 0, 0, 0, 1, 0, 0, 0, 1, .5f, .2f, .1f).Sizes("shape", 2, 4).Node("Reshape", "x shape", "flat").Node("MatMul", "flat W", "scores");
        using var classifier = Classifier.Load(net.Build(), new ClassifierOptions());
        using var images = HandNet.Images(HandNet.Image, [4, 3, 2, 1], [1, 5, 2, 0]);

        Assert.Equal([2, 0, 1], classifier.Predict(images, []).Select(item => item.Predicted));
    }

    [Fact]
    public void ImageOfAnotherSize_IsRefused()
    {
        using var classifier = HandNet.Load(HandNet.Linear());
        using var images = torch.zeros(1, 1, 3, 3);

        Assert.Contains("1×1×3×3", Assert.Throws<ArgumentException>(() => classifier.Predict(images, [])).Message, StringComparison.Ordinal);
    }
}
