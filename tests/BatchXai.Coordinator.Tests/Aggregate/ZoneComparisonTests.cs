using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Statistics;
using Xunit;

namespace BatchXai.Coordinator.Tests.Aggregate;

public sealed class ZoneComparisonTests
{
    private static readonly string[] Classes = ["bird", "cat", "dog", "fish"];

    [Fact]
    public async Task Compare_OneClassLooksAtACorner_NamesClassAndCorner()
    {
        var comparison = await CompareAsync(Rows(60, (name, zones) => name == "dog" ? zones with { CornerTopLeftShare = zones.CornerTopLeftShare + .4, BorderShare = zones.BorderShare + .4 } : zones));
        var finding = Assert.Single(comparison.Findings); // not the border too, in which the corner lies

        Assert.Equal(("dog", ViewZone.TopLeft), (finding.Class, finding.Zone));
        Assert.Equal((60, 180), (finding.Maps, finding.OtherMaps));
        Assert.Equal(finding.Times!.Value, finding.Share / finding.OthersShare, 9);
        Assert.InRange(finding.Share, .42, .46);
        Assert.Equal(.04, finding.Chance, 9);
        Assert.Equal(1, finding.Delta, 9);
        Assert.InRange(finding.AdjustedP, 1e-6, .05);
        Assert.Equal((4, 0, 4 * 6), (comparison.Compared, comparison.TooFew, comparison.Tests));
    }

    [Fact]
    public async Task Compare_ClassesAlike_FindsNothing()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            Assert.Empty((await CompareAsync(Rows(60, (_, zones) => zones, seed))).Findings);
        }
    }

    [Fact]
    public async Task Compare_AllClassesLookAtTheCorner_FindsNothing() =>
        Assert.Empty((await CompareAsync(Rows(60, (_, zones) => zones with { CornerTopLeftShare = zones.CornerTopLeftShare + .4 }))).Findings);

    [Fact]
    public async Task Compare_SureButSmallDifference_IsNoFinding()
    {
        // Every heatmap of dogs has half as much again in the corner: certain, and no cause for alarm.
        var comparison = await CompareAsync(Rows(400, (name, zones) => name == "dog" ? zones with { CornerTopLeftShare = zones.CornerTopLeftShare * 1.5 } : zones));

        Assert.Empty(comparison.Findings);
    }

    [Fact]
    public async Task Compare_FortyNineHeatmaps_AreTooFew()
    {
        var rows = Rows(60, (name, zones) => name == "dog" ? zones with { CornerTopLeftShare = .5 } : zones).Where(row => row.Label != "dog" || row.Item % 60 < 49);
        var comparison = await CompareAsync([.. rows]);

        Assert.Empty(comparison.Findings);
        Assert.Equal((3, 1, 3 * 6), (comparison.Compared, comparison.TooFew, comparison.Tests));
    }

    [Fact]
    public async Task Compare_BarsThatOnlyOneClassLooksAt_AreFoundBesideTheirArea()
    {
        // Dogs are padded more, which alone would raise their share of it.
        var rows = Rows(60, (name, zones) => zones with { PaddingArea = name == "dog" ? .4 : .2, PaddingShare = name == "dog" ? .4 : .2 });
        Assert.Empty((await CompareAsync(rows)).Findings);

        var looked = Rows(60, (name, zones) => zones with { PaddingArea = .2, PaddingShare = name == "dog" ? .6 : .2 });
        var finding = Assert.Single((await CompareAsync(looked)).Findings);
        Assert.Equal(("dog", ViewZone.Padding, 3.0), (finding.Class, finding.Zone, Math.Round(finding.Times!.Value, 9)));
    }

    [Fact]
    public async Task Compare_FewGroups_AreNoSwarmOfWitnesses()
    {
        // Sixty heatmaps of dogs, all frames of one video: one unit cannot carry the finding.
        var rows = Rows(60, (name, zones) => name == "dog" ? zones with { CornerTopLeftShare = .5 } : zones);

        Assert.Single((await CompareAsync(rows)).Findings);
        Assert.Empty((await CompareAsync([.. rows.Select(row => row with { Group = row.Label == "dog" ? "video" : $"{row.Item}" })])).Findings);
    }

    [Fact]
    public async Task Compare_Unlabelled_GoesByThePredictedClass()
    {
        var rows = Rows(60, (name, zones) => name == "dog" ? zones with { CornerBottomRightShare = .5 } : zones).Select(row => row with { PredictedName = row.Label, Label = null, Correct = null });

        var finding = Assert.Single((await CompareAsync([.. rows])).Findings);
        Assert.Equal(("dog", ViewZone.BottomRight), (finding.Class, finding.Zone));
    }

    [Fact]
    public async Task Build_Finding_IsShownByItsBestExamples()
    {
        var report = await Sample.BuildAsync(Rows(60, (name, zones) => name == "dog" ? zones with { CornerTopLeftShare = zones.CornerTopLeftShare + .4 } : zones));
        var shown = report.Listed.TakeWhile(item => item.Reason == ListingReason.ZoneFinding).ToList();

        Assert.Equal(3, shown.Count);
        Assert.All(shown, item => Assert.Equal("dog", item.Result.Label));
        Assert.Equal(shown.Select(item => item.Result.Measures.CornerTopLeftShare), shown.Select(item => item.Result.Measures.CornerTopLeftShare).OrderDescending());
        Assert.Distinct(report.Listed.Select(item => item.Result.Item));
    }

    private static async Task<ZoneComparison> CompareAsync(IReadOnlyList<ItemResult> rows) => Assert.Single((await Sample.BuildAsync(rows)).ZoneComparisons);

    /// <summary>As many heatmaps of each class, with shares about the zones' areas.</summary>
    private static List<ItemResult> Rows(int perClass, Func<string, FocusMeasures, FocusMeasures> change, int seed = 0)
    {
        var random = SplitMix64.For(seed, "zones");
        return [.. Enumerable.Range(0, perClass * Classes.Length).Select(i =>
        {
            var name = Classes[i / perClass];
            var row = Sample.Map(i, .8, name);
            return row with
            {
                Measures = change(name, row.Measures with
                {
                    CentreShare = Near(.5),
                    BorderShare = Near(.36),
                    CornerTopLeftShare = Near(.04),
                    CornerTopRightShare = Near(.04),
                    CornerBottomLeftShare = Near(.04),
                    CornerBottomRightShare = Near(.04),
                }),
            };
        })];

        double Near(double area) => area * (.5 + random.NextUniform());
    }
}
