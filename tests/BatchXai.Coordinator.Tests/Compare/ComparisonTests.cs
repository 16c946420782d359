using System.Net;
using System.Text.Json;
using BatchXai.Contracts;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Compare;
using BatchXai.Coordinator.Report;
using BatchXai.Coordinator.Tests.Aggregate;
using BatchXai.Storage.Blobs;
using Xunit;

namespace BatchXai.Coordinator.Tests.Compare;

public sealed class ComparisonTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shift_of_focus_is_the_difference_and_is_called_higher()
    {
        var report = await CompareAsync(Rows(100, energy: .6), Rows(100, energy: .7));
        var kappa = Assert.Single(report.Focus).Kappa.All;
        // κ = (E − .5)/.5: .1 more energy is .2 more κ for every item.
        Assert.Equal(.2, kappa.Difference!.Value, 6);
        Assert.Equal(kappa.Second!.Value - kappa.First!.Value, kappa.Difference.Value, 6);
        Assert.Equal(ComparedChange.Higher, kappa.Change);
        Assert.Equal(new ItemMatches(true, 100, 0, 0, 0), report.Items);
        Assert.Contains("the second model looks at the object more", report.Findings[0], StringComparison.Ordinal);
        Assert.Equal(-.2, (await CompareAsync(Rows(100, energy: .7), Rows(100, energy: .6))).Focus[0].Kappa.All.Difference!.Value, 6);
    }

    [Fact]
    public async Task Same_focus_is_equivalent_and_few_items_say_nothing()
    {
        Assert.Equal(ComparedChange.Equivalent, (await CompareAsync(Rows(100, .6), Rows(100, .601))).Focus[0].Kappa.All.Change);
        var few = (await CompareAsync(Rows(9, .6), Rows(9, .9))).Focus[0].Kappa.All;
        Assert.Equal((ComparedChange.TooFew, 9L, null, null), (few.Change, few.Items, few.Difference, few.P));
        var greyed = (await CompareAsync(Rows(20, .6), Rows(20, .9))).Focus[0].Kappa.All;
        Assert.True(greyed is { Difference: not null, Low: null, P: null, Change: ComparedChange.TooFew });
    }

    [Fact]
    public async Task Accuracy_is_compared_on_the_same_items_and_by_class()
    {
        // Of 200 items the second model gets 60 dogs wrong that the first gets right: McNemar's table is (140, 0, 60, 0).
        var first = Enumerable.Range(0, 200).Select(i => Sample.Map(i, .6, i % 2 == 0 ? "cat" : "dog"));
        var second = first.Select(row => row with { Correct = !(row.Label == "dog" && row.Item < 120) });
        var report = await CompareAsync(first, second);
        Assert.Equal((1, .7, ComparedChange.Lower), (report.Accuracy.All.First!.Value, report.Accuracy.All.Second!.Value, report.Accuracy.All.Change));
        Assert.Equal(["cat", "dog"], report.Accuracy.Classes.Select(row => row.Class));
        Assert.Equal([ComparedChange.Undecided, ComparedChange.Lower], report.Accuracy.Classes.Select(row => row.Figure.Change is ComparedChange.Equivalent ? ComparedChange.Undecided : row.Figure.Change));
        Assert.Contains(report.Findings, finding => finding.StartsWith("Accuracy is lower in 1 of 2 classes: dog (100% → 40%)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Items_are_joined_by_id_in_any_order_and_the_others_are_counted()
    {
        var first = Rows(100, .6).ToList();
        // Item numbers and order differ, twenty items are missing, ten are new, five carry another label.
        var second = Rows(80, .7).Reverse().Concat(Enumerable.Range(500, 10).Select(i => Sample.Map(i, .7)))
            .Select((row, place) => row with { Item = place, Label = row.Item is >= 20 and < 25 ? "wolf" : row.Label }).ToList();
        var report = await CompareAsync(first, second, dataset: "other");
        Assert.Equal(new ItemMatches(false, 75, 20, 10, 5), report.Items);
        Assert.Equal((75L, .2), (report.Focus[0].Kappa.All.Items, Math.Round(report.Focus[0].Kappa.All.Difference!.Value, 6)));
    }

    [Fact]
    public async Task Only_usable_maps_of_the_same_kind_of_mark_are_compared()
    {
        var second = Rows(100, .7).Select(row => row.Item < 30 ? row with { MaskKind = MaskKind.Boxes } : row.Item < 40 ? Sample.Zero(row.Item) with { ItemId = row.ItemId, Label = row.Label } : row);
        var focus = Assert.Single((await CompareAsync(Rows(100, .6), second)).Focus);
        Assert.Equal((MaskKind.Mask, 60L), (focus.MaskKind, focus.Kappa.All.Items));
    }

    [Fact]
    public async Task Groups_are_the_units()
    {
        var report = await CompareAsync(Rows(200, .6).Select(Grouped), Rows(200, .7).Select(Grouped));
        Assert.Equal((200L, 20L, ComparedChange.TooFew), (report.Focus[0].Kappa.All.Items, report.Focus[0].Kappa.All.Units, report.Focus[0].Kappa.All.Change));
        static ItemResult Grouped(ItemResult row) => row with { Group = $"patient {row.Item / 10}" };
    }

    [Fact]
    public async Task What_cannot_be_compared_is_refused_with_what_to_do()
    {
        Assert.Contains("no item in common", await RefusalAsync(Rows(20, .6), Rows(20, .6).Select(row => row with { ItemId = "x" + row.ItemId })), StringComparison.Ordinal);
        Assert.Contains("no method in common: gradcam and cam", await RefusalAsync(Rows(20, .6), Rows(20, .6), plan => plan with { Request = plan.Request with { Methods = ["cam"] } }), StringComparison.Ordinal);
        Assert.Contains("same objective", await RefusalAsync(Rows(20, .6), Rows(20, .6), plan => plan with { Request = plan.Request with { Objective = Objective.Loss } }), StringComparison.Ordinal);
        Assert.Contains("same audit", await RefusalAsync(Rows(20, .6), Rows(20, .6), plan => plan with { AuditId = Sample.Plan(1).AuditId }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_say_the_same_and_names_of_strangers_stay_text()
    {
        const string Name = "<img src=x>|*cat*\n# x";
        var report = await CompareAsync(Rows(100, .6).Select(row => row with { Label = Name }), Rows(100, .7).Select(row => row with { Label = Name }));
        var folder = Directory.CreateTempSubdirectory("batchxai-compare-").FullName;
        try
        {
            await new ComparisonWriter(new FolderBlobStore(folder)).WriteAsync(report, Ct);
            var read = JsonSerializer.Deserialize<ComparisonReport>(await File.ReadAllTextAsync(Path.Combine(folder, "comparison.json"), Ct), ReportJson.Options)!;
            Assert.Equal(report.Focus[0].Kappa.All, read.Focus[0].Kappa.All);
            var (page, markdown) = (await File.ReadAllTextAsync(Path.Combine(folder, "comparison.html"), Ct), await File.ReadAllTextAsync(Path.Combine(folder, "comparison.md"), Ct));
            Assert.All([page, markdown], text => Assert.DoesNotContain("<img", text.Replace("\\<", "", StringComparison.Ordinal), StringComparison.Ordinal));
            Assert.All([WebUtility.HtmlDecode(page), markdown], text => Assert.Contains("+0.20 (", text, StringComparison.Ordinal));
            Assert.DoesNotContain("\n# x", markdown, StringComparison.Ordinal);
            Assert.Contains(@"\|\*cat\*", markdown, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<ItemResult> Rows(int count, double energy) =>
        Enumerable.Range(0, count).Select(i => Sample.Map(i, energy + (.02 * ((i % 5) - 2))));

    private static Task<ComparisonReport> CompareAsync(IEnumerable<ItemResult> first, IEnumerable<ItemResult> second, string? dataset = null, Func<AuditPlan, AuditPlan>? change = null)
    {
        var plan = Sample.Plan(100);
        var other = plan with { AuditId = Guid.Parse("99999999-2222-3333-4444-555555555555"), DatasetHash = dataset ?? plan.DatasetHash, Model = plan.Model with { Hash = new string('f', 64) } };
        return ComparisonBuilder.BuildAsync(new(plan, Sample.Stream(first)), new((change ?? (same => same))(other), Sample.Stream(second)), DateTimeOffset.UnixEpoch, Ct);
    }

    private static async Task<string> RefusalAsync(IEnumerable<ItemResult> first, IEnumerable<ItemResult> second, Func<AuditPlan, AuditPlan>? change = null) =>
        (await Assert.ThrowsAsync<UserErrorException>(() => CompareAsync(first, second, change: change))).Message;
}
