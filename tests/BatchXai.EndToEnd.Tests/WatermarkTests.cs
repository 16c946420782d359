using BatchXai.Cli.Planted;
using BatchXai.Clusters.Processes;
using BatchXai.Contracts.Reports;
using BatchXai.Onnx.Torch;
using Xunit;

namespace BatchXai.EndToEnd.Tests;

/// <summary>A model learns a dataset in which one class always carries the same tag in the same corner; nobody outlines an object or says what was planted.</summary>
public sealed class WatermarkTests : IDisposable
{
    private const int Size = 24;
    private const int AuditImages = 480;

    private static readonly Planting TaggedDiscs = new() { Cue = PlantedCue.Tag, Correlation = 1, Classes = [0] };

    private readonly string root = Directory.CreateTempSubdirectory("batchxai-e2e-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tagged_class_is_named_with_its_corner()
    {
        var (report, output, page) = await AuditAsync(TaggedDiscs);

        var finding = Assert.Single(Assert.Single(report.ZoneComparisons).Findings);
        Assert.Equal(("disc", ViewZone.TopLeft), (finding.Class, finding.Zone));
        Assert.True(finding.Times > 2, $"{finding.Times}");
        Assert.All([output, page], text => Assert.Contains("Class disc: the top-left corner draws", text, StringComparison.Ordinal));
        Assert.Equal(ListingReason.ZoneFinding, report.Listed[0].Reason);
        Assert.Equal("disc", report.Listed[0].Result.Label);
        Assert.NotNull(report.Listed[0].Picture);
    }

    [Fact]
    public async Task Without_the_tag_nothing_is_said()
    {
        var (report, output, page) = await AuditAsync(new Planting());

        var comparison = Assert.Single(report.ZoneComparisons);
        Assert.Empty(comparison.Findings);
        Assert.True(comparison.Compared >= 5, $"only {comparison.Compared} classes had enough heatmaps");
        Assert.All([output, page], text => Assert.DoesNotContain("draws", text, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private async Task<(OverfittingReport Report, string Output, string Page)> AuditAsync(Planting planting)
    {
        LibTorch.EnsureLoaded();
        var (images, model, labels) = (Path.Combine(root, "images"), Path.Combine(root, "model.onnx"), Path.Combine(root, "labels.txt"));
        await File.WriteAllLinesAsync(labels, Shape.All.Select(shape => shape.Name), Ct);
        await AuditSet.WriteAsync(new PlantedShortcutGenerator(Size, planting, seed: 22), AuditImages, images, Path.Combine(root, "masks"), Ct);
        var plan = new TrainingPlan { Size = Size, Channels = [8, 16, 24], Images = 2_400, Epochs = 15, EnoughAccuracy = .8, Seed = 3 };
        using (var network = TinyCnnTrainer.Train(new PlantedShortcutGenerator(Size, planting, seed: 21), plan, new Progress<TrainingProgress>(), Ct))
        {
            await File.WriteAllBytesAsync(model, TinyCnnExport.ToOnnx(network, Size), Ct);
        }

        var audit = Path.Combine(root, "audit");
        var (exitCode, output, errors) = await BatchXaiProgram.RunAsync(
            Ct, "run", "--model", model, "--labels", labels, "--data", images, "--mean", "0.5", "--std", "0.5", "--fit", "squash", "--methods", "gradcam", "--out", audit);
        Assert.True(exitCode == 0, errors);
        return (await AuditFolder.ReportAsync(audit, Ct), output, await File.ReadAllTextAsync(Path.Combine(audit, "report.html"), Ct));
    }
}
