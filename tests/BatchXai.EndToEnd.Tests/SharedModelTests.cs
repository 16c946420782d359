using System.Globalization;
using BatchXai.Clusters.Processes;
using BatchXai.Clusters.Workspaces;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Testing;
using Xunit;

namespace BatchXai.EndToEnd.Tests;

/// <summary>Published models on real images, with the preprocessing that their publishers say.</summary>
public sealed class SharedModelTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The least accuracies lie some items below what each model reaches on these images (.63, .17, .38); a class order that is off by one leaves .08 at most.</summary>
    [Theory]
    [InlineData("mobilenet_v2_1.0_224", "class-map-imagenet1001", .5, "--mean", "127", "--std", "127.5", "--causal", "off")]
    [InlineData("mobilenet_v1_0.25_128", "class-map-imagenet1001", .1, "--mean", "128", "--std", "128")]
    [InlineData("squeezenet1.1", "class-map-imagenet1000", .25, "--order", "bgr", "--mean", "103.94,116.78,123.68", "--std", "1", "--causal", "off")]
    public async Task ImageNet_model_explains_every_image(string model, string classMap, double leastAccuracy, params string[] preprocessing)
    {
        using var images = SharedImages.OfCaltech(perClass: 3);
        string[] arguments =
        [
            "--data", images.Images, "--masks", images.Masks, "--class-map", SharedData.PathOrSkip($"caltech101/{classMap}.csv"), "--scale", "1", .. preprocessing,
        ];
        var report = await AuditAsync(model, images, 30, arguments);
        Assert.Equal(24, report.Accuracy.N); // Two of the ten classes are not among ImageNet's.
        Assert.InRange(report.Accuracy.Value!.Value, leastAccuracy, 1);
        Assert.All(report.Methods, method => Assert.Equal(30, Assert.Single(method.Focus).Usable));
    }

    [Fact]
    public async Task Cifar_model_is_as_right_as_its_publisher_says()
    {
        using var images = SharedImages.OfCifar(out var manifest);
        var report = await AuditAsync("cifar10_resnet20", images, 100, ["--data", manifest, "--labels", SharedData.PathOrSkip("labels/cifar10.txt"), "--preprocess", "imagenet"]);
        Assert.Equal(100, report.Accuracy.N);
        Assert.InRange(report.Accuracy.Value!.Value, .85, 1);
    }

    private static async Task<OverfittingReport> AuditAsync(string model, SharedImages images, int items, string[] arguments)
    {
        var folder = images.Output(model);
        var (exitCode, output, errors) = await BatchXaiProgram.RunAsync(
            Ct, ["run", "--model", SharedData.PathOrSkip($"models/{model}.onnx"), "--fit", "squash", "--methods", "cam,gradcam,saliency", "--out", folder, .. arguments]);
        Assert.True(exitCode == 0, errors);

        var report = await AuditFolder.ReportAsync(folder, Ct);
        Assert.Equal(items, report.Dataset.Items);
        Assert.Equal((items, 0), (report.Outcomes[ItemOutcome.Explained], report.Unaccounted));
        Assert.Equal(items, report.Outcomes.Values.Sum());
        Assert.Equal(MethodNames.All, report.Methods.Select(method => method.Method));
        Assert.All(report.Methods, method => Assert.Equal(items, method.Heatmaps.Values.Sum()));
        Assert.True(report.Model.LinearHead);

        var rows = await AuditFolder.RowsAsync(folder, Ct);
        Assert.Equal(3 * items, rows.Count);
        var right = rows.DistinctBy(row => row.Item).Count(row => row.Correct == true);
        Assert.Equal(right, report.Accuracy.Successes);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"Accuracy  {(double)right / report.Accuracy.N:P1} of {report.Accuracy.N} labelled images"), output, StringComparison.Ordinal);
        return report;
    }
}
