using System.Text.RegularExpressions;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Report;
using BatchXai.Coordinator.Tests.Aggregate;
using BatchXai.Coordinator.Tests.Aggregate.Causal;
using Xunit;

namespace BatchXai.Coordinator.Tests.Report;

public sealed partial class ModelCardTests
{
    private const string Hostile = "a|b\n# <img src=x onerror=alert(1)> [c](javascript:d) `e` **f**";

    [Fact]
    public async Task Card_HasTheSectionsOfModelCardsInOrder()
    {
        var card = ModelCard.Of(await ReportAsync());

        Assert.Equal(
            [
                "## Does the model look at the object or at the background?", "### Model details", "### Metrics", "### Evaluation data", "### Quantitative analyses", "### Caveats and recommendations",
                "### How it was measured",
            ],
            Lines(card).Where(line => line.StartsWith('#')));
    }

    [Fact]
    public async Task Card_SaysTheVerdictWithItsReasonsLimitsAndNextSteps()
    {
        var report = await ReportAsync();
        var card = ModelCard.Of(report);

        Assert.Equal(VerdictState.Fail, report.Verdict!.State);
        Assert.Contains($"**FAIL.** {report.Verdict.Sentence}", card, StringComparison.Ordinal);
        string[] sentences = [.. report.Verdict.Reasons.Select(reason => $"FAIL: {reason.Sentence}"), .. report.Verdict.Limits, .. report.Limits, .. report.Verdict.NextSteps];
        Assert.All(sentences, sentence => Assert.Contains($"- {MarkdownText.Escape(sentence)}\n", card, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Card_SaysWhatWasRunWithoutPlaces()
    {
        var card = ModelCard.Of(await ReportAsync());

        string[] facts =
        [
            "- **Model**: cats.onnx\n", $"- **SHA-256**: {new string('e', 64)}\n", $"- **SHA-256**: {new string('d', 64)}\n", "- **Dataset**: cats\n", "- **Items**: 120: Explained 120\n", "- **Causal tests**: sampled\n",
            "maskBank 3, bootstrap 3", "- **Methods**: Grad-CAM; objective score, targets predicted\n",
        ];
        Assert.All(facts, fact => Assert.Contains(fact, card, StringComparison.Ordinal));
        Assert.DoesNotContain("models/", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Card_HasTheFiguresInWholeTables()
    {
        var report = await ReportAsync();
        var lines = Lines(ModelCard.Of(report));

        Assert.Contains(lines, line => line.StartsWith("| Grad-CAM, predicted class, masks | 120 | 0.60 (0.60 to 0.60) |", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("| BG-gap | 100% (", StringComparison.Ordinal));
        Assert.All(report.ClassVerdicts, row => Assert.Contains(lines, line => line.StartsWith($"| {row.Class} | {Wording.Verdict(row.Verdict.State)} |", StringComparison.Ordinal)));
        AssertTables(lines);
    }

    [Fact]
    public async Task Card_ShowsAnswersThatTheBackgroundTurned()
    {
        var card = ModelCard.Of(await ReportAsync() with { TurnedAnswers = Answers(Pictured.Of(7)) });

        Assert.Contains(
            "| cat/1.png | ![As it is](evidence/000000007-as_is.jpg) cat, 98% | ![Background: other class](evidence/000000007-mixed_rand.jpg) dog, 91% | – |", card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Card_SaysWhichPlacesAndGroupsStandOut()
    {
        var report = await ReportAsync();
        var zone = new ZoneFinding { Sentence = "‘cat’ looks at the top left.", Class = "cat", Zone = default, Maps = 60, OtherMaps = 60, Share = .4, OthersShare = .1, Chance = .1, Delta = .8, P = .001, AdjustedP = .01 };
        var cluster = new MapCluster
        {
            Maps = 12, Share = .2, Shares = [1], Medoid = Sample.Map(0, .1), Accuracy = new(0, 0, null, null, null), Focus = [], Causal = [], StandsOut = true, Sentence = "12 of 60 heatmaps of ‘cat’ lie elsewhere.",
        };
        var card = ModelCard.Of(report with
        {
            ZoneComparisons = [new() { Method = "gradcam", Target = "predicted", Compared = 2, TooFew = 0, Tests = 18, Findings = [zone] }],
            Clusters = new()
            {
                Method = "gradcam", Target = "predicted", Height = 1, Width = 1, Looked = 2, OneGroup = 1, Unstable = 0, TooFew = 0, LeftOut = 0, More = 0,
                Classes = [new() { Class = "cat", Maps = 60, Stability = 1, Eigenvalues = [0], Clusters = [cluster, cluster with { StandsOut = false, Sentence = null }] }],
            },
        });

        Assert.Contains("- Grad-CAM, predicted class: ‘cat’ looks at the top left.\n", card, StringComparison.Ordinal);
        Assert.Contains("- 12 of 60 heatmaps of ‘cat’ lie elsewhere.\n", card, StringComparison.Ordinal);
        Assert.DoesNotContain("stand out in their class", ModelCard.Of(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Card_OfTrainingAgainstValidation_SaysBothAnswersAndWhatTheVerdictLeavesOut()
    {
        var difference = new DifferenceFigure(50, .3, .2, .4);
        var card = ModelCard.Of(await ReportAsync() with
        {
            SplitReading = new()
            {
                Training = "train|1", Validation = "val", Finding = SplitFinding.Memorisation, Sentence = "It memorises.", Shortcut = new(SplitAnswer.No, "No shortcut."), Memorisation = new(SplitAnswer.Yes, "A gap."),
                AccuracyGap = difference, FocusDrop = difference, Causal = [], NextSteps = ["Train less."],
            },
        });

        string[] words = ["Judged without the items of split train\\|1,", "- It memorises.\n- A gap.\n- No shortcut.\n", "- Train less.\n"];
        Assert.All(words, sentence => Assert.Contains(sentence, card, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Card_HostileNames_AreText()
    {
        var report = await ReportAsync(Hostile);
        var card = ModelCard.Of(report with { Name = Hostile, Warnings = [Hostile], TurnedAnswers = Answers(Pictured.Of(7, Hostile)) });
        var lines = Lines(card);

        Assert.Contains(report.ClassVerdicts, row => row.Class == Hostile);
        Assert.DoesNotMatch(@"(?<!\\)<img|(?<!\\)\[c|(?<!\\)`e|(?<!\\)\*f", card);
        Assert.Equal(7, lines.Count(line => line.StartsWith('#')));
        AssertTables(lines);
    }

    [Fact]
    public async Task Card_WithoutCausalTestsOrHeatmaps_SaysSo()
    {
        var card = ModelCard.Of(await Sample.BuildAsync([Sample.Unreadable(0)]));

        Assert.Contains("No item has a mask or boxes", card, StringComparison.Ordinal);
        Assert.Contains("- **Sanity checks**: none", card, StringComparison.Ordinal);
        AssertTables(Lines(card));
    }

    /// <summary>A model that follows the background wholly.</summary>
    private static async Task<OverfittingReport> ReportAsync(string name = "c1")
    {
        var rows = Enumerable.Range(0, 120).Select(item => Sample.Map(item, .8, item % 2 == 0 ? "c0" : name)).ToList();
        var causal = Tested.Items(120, (label, test) => test == CausalTest.MixedRand ? 1 - label : label).Select(row => row.Label == "c1" ? row with { Label = name } : row).ToList();
        var both = causal.SelectMany(row => new[] { row, row with { Fill = CausalFill.Blur } });
        return await Sample.BuildAsync(rows, both);
    }

    private static TurnedAnswers Answers(PicturedItem item) => new() { Judged = 40, Turned = 1, Shown = [item] };

    private static string[] Lines(string card) => card.Split('\n');

    /// <summary>Every table's rows have as many cells as its header.</summary>
    private static void AssertTables(string[] lines)
    {
        var cells = 0;
        foreach (var line in lines)
        {
            var here = line.StartsWith('|') ? Separators().Count(line) - 1 : 0;
            Assert.True(cells == 0 || here == 0 || here == cells, line);
            cells = here;
        }
    }

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Separators();
}
