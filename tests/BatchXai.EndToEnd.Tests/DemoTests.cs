using System.Text.Json;
using BatchXai.Clusters.Processes;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Report;
using BatchXai.Imaging;
using BatchXai.Storage.Causal;
using Xunit;

namespace BatchXai.EndToEnd.Tests;

public sealed class DemoTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Demo_tells_the_model_with_the_planted_shortcut_from_the_one_without()
    {
        var root = Directory.CreateTempSubdirectory("batchxai-e2e-");
        try
        {
            var demo = Path.Combine(root.FullName, "demo");
            var (exitCode, output, errors) = await BatchXaiProgram.RunAsync(Ct, "demo", "--out", demo);
            Assert.True(exitCode == 0, errors);
            Assert.Contains("The biased model looks at the background more than the balanced one", output, StringComparison.Ordinal);

            var (biased, balanced) = (await GradCamAsync(Path.Combine(demo, "biased")), await GradCamAsync(Path.Combine(demo, "balanced")));
            Assert.True(biased.BackgroundAttention.Value > balanced.BackgroundAttention.Value, $"background attention {biased.BackgroundAttention.Value} and {balanced.BackgroundAttention.Value}");
            Assert.True(biased.Focus.High < balanced.Focus.Low, $"focus of the biased model ends at {biased.Focus.High}, of the balanced one begins at {balanced.Focus.Low}");
            Assert.Equal((VerdictState.Fail, VerdictState.Pass), (await VerdictAsync("biased"), await VerdictAsync("balanced")));
            await EvidenceAsync(Path.Combine(demo, "biased"));
            await CompareAsync(root.FullName, demo);

            async Task<VerdictState> VerdictAsync(string name) => (await AuditFolder.ReportAsync(Path.Combine(demo, name), Ct)).Verdict!.State;
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    /// <summary>The pictures show that the background turns the answer: they are there, and they differ from the image as it was.</summary>
    private static async Task EvidenceAsync(string folder)
    {
        var answers = (await AuditFolder.ReportAsync(folder, Ct)).TurnedAnswers!;
        Assert.True(answers.Turned > .5 * answers.Judged, $"{answers.Turned} of {answers.Judged}");
        Assert.Equal(EvidenceRule.MostOfReport, answers.Shown.Count);
        Assert.True(answers.Shown.Take(4).Select(item => item.Label).Distinct().Count() == 4);
        foreach (var item in answers.Shown)
        {
            var (before, turned) = (Picture(item.Before), item.Tests.Single(view => view.Test == CausalTest.MixedRand));
            Assert.Equal(item.Label, item.Before.PredictedName);
            Assert.True(turned.Flipped);
            Assert.NotEqual(item.Before.PredictedName, turned.PredictedName);
            Assert.NotEqual(item.Label, turned.DonorLabel);
            Assert.Equal(5, item.Tests.Count);
            Assert.All(item.Tests, view => Assert.Equal((before.Width, before.Height), (Picture(view).Width, Picture(view).Height)));
            // The placebo changes little, another background much.
            Assert.True(Difference(before, Picture(turned)) > 3 * Difference(before, Picture(item.Tests.Single(view => view.Test == CausalTest.Placebo))));
        }

        RgbImage Picture(PicturedTest view) => ImageDecoder.Decode(File.ReadAllBytes(Path.Combine(folder, view.Picture!)));
        static double Difference(RgbImage first, RgbImage second) => first.Pixels.Zip(second.Pixels, (a, b) => Math.Abs(a - b)).Average();
    }

    private static async Task CompareAsync(string root, string demo)
    {
        var folder = Path.Combine(root, "comparison");
        var (exitCode, output, errors) = await BatchXaiProgram.RunAsync(Ct, "compare", Path.Combine(demo, "biased"), Path.Combine(demo, "balanced"), "--out", folder);
        Assert.True(exitCode == 0, errors);
        Assert.Contains("Grad-CAM (predicted class, masks): the second model looks at the object more; κ", output, StringComparison.Ordinal);
        var comparison = JsonSerializer.Deserialize<ComparisonReport>(await File.ReadAllTextAsync(Path.Combine(folder, "comparison.json"), Ct), ReportJson.Options)!;
        Assert.True(comparison.Items is { SameDataset: true, OnlyFirst: 0, OnlySecond: 0, OtherLabel: 0 });
        // From balanced to biased every interval moves away.
        var gate = await BatchXaiProgram.RunAsync(Ct, "gate", Path.Combine(demo, "biased"), "--baseline", Path.Combine(demo, "balanced"), "--max-bg-gap", "1", "--json");
        Assert.True(gate.ExitCode == 1, $"{gate.ExitCode}: {gate.Output} {gate.Errors}");
        Assert.Contains("Focus κ against the baseline", JsonSerializer.Deserialize<JsonElement>(gate.Output).GetProperty("checks").EnumerateArray().Where(check => check.GetProperty("state").GetString() == "failed").Select(check => check.GetProperty("rule").GetString()));
        Assert.All(["comparison.html", "comparison.md"], name => Assert.True(File.Exists(Path.Combine(folder, name)), name));
    }

    private static async Task<FocusFigures> GradCamAsync(string folder)
    {
        Assert.Contains("<html", await File.ReadAllTextAsync(Path.Combine(folder, "report.html"), Ct), StringComparison.OrdinalIgnoreCase);
        var report = await AuditFolder.ReportAsync(folder, Ct);
        Assert.Equal(report.Dataset.Items, report.Outcomes.Values.Sum());
        var method = Assert.Single(report.Methods, method => method.Method == MethodNames.GradCam);
        return Assert.Single(method.Focus, focus => focus.MaskKind == MaskKind.Mask);
    }
}
