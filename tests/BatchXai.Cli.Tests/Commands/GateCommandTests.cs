using System.Text.Json;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Report;
using Xunit;

namespace BatchXai.Cli.Tests.Commands;

/// <summary>Every rule of the gate on reports whose intervals are chosen, through the command line.</summary>
public sealed class GateCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(VerdictState.Pass, 0)]
    [InlineData(VerdictState.Warn, 0)]
    [InlineData(VerdictState.Insufficient, 2)]
    [InlineData(VerdictState.Fail, 1)]
    public async Task Verdict_is_the_exit_code(VerdictState state, int exitCode) => Assert.Equal(exitCode, (await GateAsync(Report(state, gap: .3))).ExitCode);

    [Fact]
    public async Task Warn_fails_when_asked_for() => Assert.Equal(1, (await GateAsync(Report(VerdictState.Warn), "--warn-fails")).ExitCode);

    [Fact]
    public async Task Report_without_a_verdict_is_insufficient()
    {
        var (exitCode, output) = await GateAsync(Report(VerdictState.Pass) with { Verdict = null });
        Assert.Equal(2, exitCode);
        Assert.Contains("Write it again with batchxai report", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Training_against_validation_is_noted_and_judged_by_the_verdict_alone()
    {
        var none = new SplitAnswerFigures(SplitAnswer.No, "");
        var (exitCode, output) = await GateAsync(Report(VerdictState.Pass) with
        {
            SplitReading = new()
            {
                Training = "train",
                Validation = "val",
                Finding = SplitFinding.NoEvidence,
                Sentence = "Neither shows.",
                Shortcut = none,
                Memorisation = none,
                AccuracyGap = new(0, null, null, null),
                FocusDrop = new(0, null, null, null),
                Causal = [],
                NextSteps = ["Nothing."],
            },
        });
        Assert.Equal(0, exitCode);
        Assert.Contains("train against val: Neither shows.", output, StringComparison.Ordinal);
    }

    // The interval is the figure ± .05.
    [Theory]
    [InlineData("--max-bg-gap", "0.05", 0)]
    [InlineData("--max-bg-gap", "0.04", 1)]
    [InlineData("--min-focus", "0.45", 0)]
    [InlineData("--min-focus", "0.46", 1)]
    public async Task Limit_is_held_against_the_bound_and_not_the_figure(string flag, string limit, int exitCode) =>
        Assert.Equal(exitCode, (await GateAsync(Report(VerdictState.Pass, gap: .1, focus: .4), flag, limit)).ExitCode);

    [Fact]
    public async Task Own_limit_replaces_that_of_the_verdict() =>
        Assert.Equal(0, (await GateAsync(Report(VerdictState.Fail, gap: .3), "--max-bg-gap", "0.4")).ExitCode);

    [Fact]
    public async Task One_fill_alone_is_insufficient_for_a_limit_and_never_fails()
    {
        var report = Report(VerdictState.Pass, gap: .5);
        var (exitCode, _) = await GateAsync(report with { Causal = report.Causal! with { Figures = [report.Causal.Figures[0]] } }, "--max-bg-gap", "0.1");
        Assert.Equal(2, exitCode);
    }

    // Intervals .55 … .65 and .45 … .55 of the baseline's .6 and the report's .5 touch; the band comes on top.
    [Theory]
    [InlineData(.5, 0)]
    [InlineData(.485, 0)]
    [InlineData(.47, 1)]
    public async Task Baseline_is_held_against_intervals_and_the_noise_band(double focus, int exitCode)
    {
        var before = await WriteAsync("before", Report(VerdictState.Pass, focus: .6));
        Assert.Equal(exitCode, (await GateAsync(Report(VerdictState.Pass, focus: focus), "--baseline", before)).ExitCode);
    }

    [Fact]
    public async Task Thresholds_come_from_a_file_and_flags_override_them()
    {
        var file = Path.Combine(folder.Path, "limits.yaml");
        await File.WriteAllTextAsync(file, "maxBgGap: 0.01\nwarnFails: yes\n", Ct);
        Assert.Equal(1, (await GateAsync(Report(VerdictState.Pass, gap: .1), "--thresholds", file)).ExitCode);
        Assert.Equal(0, (await GateAsync(Report(VerdictState.Pass, gap: .1), "--thresholds", file, "--max-bg-gap", "0.2")).ExitCode);
    }

    [Fact]
    public async Task Wrong_input_is_told_all_at_once()
    {
        var screen = new CapturedScreen();
        var file = Path.Combine(folder.Path, "limits.yaml");
        await File.WriteAllTextAsync(file, "maxGap: 0.1\n", Ct);
        Assert.Equal(3, await screen.RunAsync("gate", folder.Path, "--thresholds", file, "--min-focus", "7"));
        Assert.All(["maxGap: unknown key", "--min-focus: 7 is out of range"], problem => Assert.Contains(problem, screen.Errors, StringComparison.Ordinal));
        var missing = new CapturedScreen();
        Assert.Equal(3, await missing.RunAsync("gate", Path.Combine(folder.Path, "none")));
        Assert.Contains("holds no report", missing.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markdown_has_the_answer_first_and_a_relative_link()
    {
        var audit = await WriteAsync("audit", Report(VerdictState.Fail, gap: .3) with { Name = "a|b <img>" });
        await File.WriteAllTextAsync(Path.Combine(audit, "report.html"), "", Ct);
        var markdown = Path.Combine(folder.Path, "answers", "gate.md");
        Assert.Equal(1, await new CapturedScreen().RunAsync("gate", audit, "--markdown", markdown));
        var text = await File.ReadAllTextAsync(markdown, Ct);
        Assert.StartsWith(@"### FAILED: a\|b \<img\>", text, StringComparison.Ordinal);
        Assert.Contains("[The report](<../audit/report.html>)", text, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private async Task<(int ExitCode, string Output)> GateAsync(OverfittingReport report, params string[] flags)
    {
        var screen = new CapturedScreen();
        var exitCode = await screen.RunAsync(["gate", await WriteAsync("audit", report), .. flags]);
        Assert.True(exitCode != 3, screen.Errors);
        return (exitCode, screen.Output);
    }

    private async Task<string> WriteAsync(string name, OverfittingReport report)
    {
        var path = Directory.CreateDirectory(Path.Combine(folder.Path, name)).FullName;
        await File.WriteAllTextAsync(Path.Combine(path, "report.json"), JsonSerializer.Serialize(report, ReportJson.Options), Ct);
        return path;
    }

    private static OverfittingReport Report(VerdictState state, double gap = 0, double focus = .6)
    {
        BesideChance none = new(0, null, null);
        ZoneFigures zones = new(0, none, none, none, none);
        var kappa = new FocusFigures { MaskKind = MaskKind.Mask, Usable = 200, Support = Support.Interval, Focus = new(200, focus, focus - .05, focus + .05), BackgroundAttention = none, Lift = none };
        var request = new AuditRequest { Model = new() { Path = "a.onnx" }, Dataset = new() { Path = "images" } };
        VerdictReasonFigures reason = new(state == VerdictState.Fail ? "backgroundGap" : "noSign", state, "The reason.", null);
        return new()
        {
            AuditId = Guid.Empty,
            Name = "audit",
            CreatedAt = DateTimeOffset.UnixEpoch,
            Headline = new() { Finding = "", Certainty = "", Caution = "", Support = Support.Interval, Method = "gradcam", Target = "predicted", MaskKind = MaskKind.Mask },
            Model = new() { Path = "a.onnx", Hash = "", Scores = "", LinearHead = true, Classes = 2, Input = "" },
            Dataset = new() { Path = "images", Hash = "d", Items = 200 },
            Request = request,
            Outcomes = new Dictionary<ItemOutcome, long>(),
            Unaccounted = 0,
            Accuracy = new(180, 200, .9, .85, .93),
            Methods =
            [
                new()
                {
                    Method = "gradcam", Target = "predicted", Heatmaps = new Dictionary<HeatmapStatus, long>(), Masks = new Dictionary<MaskStatus, long>(), Focus = [kappa],
                    Distributions = [], Zones = zones, EffectiveArea = none, NegativeShare = none,
                },
            ],
            Classes = [],
            Splits = [],
            Verdict = new() { State = state, Sentence = "The sentence.", Reasons = [reason], Limits = [], NextSteps = [], Causal = CausalChoice.Full },
            Causal = new() { Choice = CausalChoice.Full, Items = 200, ForwardPasses = 0, Statuses = new Dictionary<CausalStatus, long>(), Figures = [Fill(CausalFill.Diffusion, gap), Fill(CausalFill.Blur, gap)] },
            Listed = [],
            StageSeconds = new Dictionary<string, double>(),
            Device = "cpu",
            Versions = new Dictionary<string, string>(),
            Seeds = new Dictionary<string, long>(),
            Warnings = [],
            Limits = [],
        };
    }

    private static CausalFigures Fill(CausalFill fill, double gap) => new()
    {
        MaskKind = MaskKind.Mask,
        Fill = fill,
        Items = 200,
        AccuracyBefore = new(180, 200, .9, .85, .93),
        Accuracy = new Dictionary<CausalTest, Proportion>(),
        BackgroundGap = new(200, gap, gap - .05, gap + .05),
        NetFlipRate = new(200, 0, -.05, .05),
        ProbabilityDrop = new(0, null, null, null),
    };
}
