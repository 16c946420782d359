using System.Text.Json;
using BatchXai.Cli.Output;
using BatchXai.Cli.Planted;
using BatchXai.Cli.Selftest;
using BatchXai.Contracts;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Report;
using Xunit;

namespace BatchXai.Cli.Tests.Selftest;

/// <summary>The benchmark with three small models, through training, export, audit and figures.</summary>
public sealed class SelftestRunTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("batchxai-selftest-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static ZooProfile Tiny { get; } = ZooProfile.Ci.Only(["texture-050-00", "texture-100-00", "random-00"]) with
    {
        Training = ZooProfile.Ci.Training with { Images = 1_800, Epochs = 5 },
        AuditImages = 180,
    };

    [Fact]
    public async Task Run_ThreeModels_ShortcutIsVerifiedAndFoundByItsAuditAndNothingIsDoneTwice()
    {
        var first = await RunAsync(Tiny);
        var (clean, shortcut, random) = (first.Models[0], first.Models[1], first.Models[2]);
        Assert.Equal(ReliesOn.Shortcut, shortcut.ReliesOn);
        Assert.True(shortcut.Made is { OwnAccuracy: > .9, BalancedAccuracy: < .6 }, $"{shortcut.Made.OwnAccuracy} and {shortcut.Made.BalancedAccuracy}");
        Assert.NotEqual(ReliesOn.Shortcut, clean.ReliesOn);
        Assert.NotEqual(ReliesOn.Shortcut, random.ReliesOn);
        Assert.True(shortcut.Audit.Values[DetectionScores.Focus] > clean.Audit.Values[DetectionScores.Focus], "the audit of the model with the shortcut has the lower focus");

        Assert.True(shortcut.Audit.Values[CausalScores.NetFlipRate] > clean.Audit.Values[CausalScores.NetFlipRate] + .2, "other backgrounds flip its predictions");
        Assert.True(shortcut.Audit.Values[CausalScores.BackgroundGapOfValidation] > .5, "on images of its kind, backgrounds of its class keep its answers");
        Assert.Equal((VerdictState.Fail, SplitAnswer.Yes), (shortcut.Verdict.State, shortcut.Verdict.Shortcut));
        Assert.Equal(VerdictState.Insufficient, random.Verdict.State);

        // The audit decodes, normalises and runs what was exported, on other images of the same kind: 180 of them, three standard deviations of a difference.
        Assert.All(first.Models, model => Assert.Equal(model.Made.BalancedAccuracy, model.Audit.Accuracy!.Value, .16));
        Assert.NotNull(clean.SmallObjects);
        var report = JsonSerializer.Deserialize<OverfittingReport>(await File.ReadAllTextAsync(Path.Combine(folder, "audits", "texture-100-00", "report.json"), Ct), ReportJson.Options);
        var captured = new CapturedScreen();
        AuditResultText.Show(captured.Screen, new(Guid.Empty, AuditState.Done, folder, report, null), json: false);
        Assert.Contains("Judged without the items of split train", captured.Output, StringComparison.Ordinal);
        Assert.Contains($"train against validation: {report!.SplitReading!.Sentence}", captured.Output, StringComparison.Ordinal);
        var page = await File.ReadAllTextAsync(Path.Combine(folder, "results.md"), Ct);
        Assert.All(first.Bars, bar => Assert.Contains(bar.Measure, page, StringComparison.Ordinal));

        var written = File.GetLastWriteTimeUtc(Path.Combine(folder, "models", "texture-100-00.onnx"));
        File.Delete(Path.Combine(folder, "results", "texture-100-00.json")); // Audited again, not trained again.
        var second = await RunAsync(Tiny);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(folder, "models", "texture-100-00.onnx")));
        Assert.Equal(first.Bars, second.Bars);
    }

    [Fact]
    public async Task Run_FolderOfSomebodyElse_IsRefusedAndLeftAlone()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "mine.txt"), "mine", Ct);
        await Assert.ThrowsAsync<UserErrorException>(() => RunAsync(Tiny));
        Assert.Equal(["mine.txt"], Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Read_ResultOfAnotherTraining_IsNotTaken()
    {
        var zoo = new ZooFolder(folder);
        zoo.Prepare();
        var result = ZooModels.Result("model", .5, 0, .5);
        zoo.Write(result);
        Assert.Equal(result.Made.Reliance, zoo.ReadResult(result.Model, result.Made.Training)!.Made.Reliance);
        Assert.Null(zoo.ReadResult(result.Model, result.Made.Training with { Epochs = 3 }));
        Assert.Null(zoo.ReadResult(result.Model with { Planting = new Planting { Correlation = .9 } }, result.Made.Training));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Task<SelftestResult> RunAsync(ZooProfile profile) => SelftestRun.RunAsync(
        new Screen(TextWriter.Null, TextWriter.Null, interactive: false, resultsToTerminal: false), folder, profile, TimeProvider.System, Ct);
}
