using BatchXai.Clusters.Comparison;
using BatchXai.Clusters.Processes;
using BatchXai.Clusters.Workspaces;
using BatchXai.Contracts.Results;
using BatchXai.Storage.Causal;
using Xunit;

namespace BatchXai.EndToEnd.Tests;

/// <summary>The causal tests of whole audits.</summary>
public sealed class CausalTests
{
    private const int Images = 24;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_masked_item_has_a_row_of_each_test_and_fill_with_donors_of_the_right_class()
    {
        using var workspace = new PlantedWorkspace(Images);
        var rows = await RowsAsync(workspace, "out");
        var labels = rows.GroupBy(row => row.Item).ToDictionary(item => item.Key, item => item.First().Label);

        Assert.Equal(Images, labels.Count);
        Assert.Equal(10 * Images, rows.Select(row => (row.Item, row.Test, row.Fill)).Distinct().Count());
        Assert.All(rows, row => Assert.InRange(row.Probability!.Value, 0, 1));
        Assert.All(rows, row => Assert.Equal(row.Status, row.Test == CausalTest.MixedSame && labels.Values.Count(label => label == row.Label) == 1 ? CausalStatus.NoDonor : CausalStatus.Ok));
        Assert.All(rows.Where(row => row.Donor is not null), row => Assert.NotEqual(row.Item, row.Donor));
        Assert.All(rows.Where(row => row.Test == CausalTest.MixedSame && row.Donor is not null), row => Assert.Equal(row.Label, labels[row.Donor!.Value]));
        Assert.All(rows.Where(row => row.Test == CausalTest.MixedRand), row => Assert.NotEqual(row.Label, labels[row.Donor!.Value]));
        Assert.All(rows.Where(row => row.Test is not (CausalTest.MixedSame or CausalTest.MixedRand)), row => Assert.Null(row.Donor));
    }

    [Fact]
    public async Task Rows_depend_neither_on_shards_nor_on_batches_but_donors_do_on_the_seed()
    {
        using var workspace = new PlantedWorkspace(Images);
        var rows = await RowsAsync(workspace, "one");

        Assert.Equal([], CausalComparison.Of(rows, await RowsAsync(workspace, "many", "--shard-size", "5", "--batch-size", "3")));
        Assert.NotEqual(rows.Select(row => row.Donor), (await RowsAsync(workspace, "other", "--seed", "8")).Select(row => row.Donor));
    }

    [Fact]
    public async Task Off_makes_none_and_neither_can_a_dataset_without_masks()
    {
        using var workspace = new PlantedWorkspace(Images);

        Assert.Empty(await RowsAsync(workspace, "off", "--causal", "off"));
        Assert.Empty(Directory.GetFiles(workspace.Output("off"), "causal.parquet", SearchOption.AllDirectories));
        Assert.Equal(0, (await BatchXaiProgram.RunAsync(Ct, "run", "--model", workspace.Model, "--data", workspace.Images, "--out", workspace.Output("bare"), "--causal", "full")).ExitCode);
        Assert.Empty(await new OutputFolder(workspace.Output("bare")).CausalAsync(Ct));
    }

    [Fact]
    public async Task Pictures_are_kept_of_items_whose_answer_turns_unless_no_overlays_are_wanted()
    {
        using var workspace = new PlantedWorkspace(Images);
        var rows = await RowsAsync(workspace, "pictures", "--shard-size", "12");
        await RowsAsync(workspace, "bare", "--overlays", "none");
        var turning = rows.GroupBy(row => row.Item).Where(item => EvidenceRule.Turns([.. item]) == true).Select(item => item.Key).ToHashSet();
        var answers = (await AuditFolder.ReportAsync(workspace.Output("pictures"), Ct)).TurnedAnswers!;

        Assert.NotEmpty(turning);
        Assert.Equal(turning.Count, answers.Turned);
        Assert.Equal(Math.Min(turning.Count(item => item < 12), EvidenceRule.MostOfRun) + Math.Min(turning.Count(item => item >= 12), EvidenceRule.MostOfRun), answers.Shown.Count);
        Assert.All(answers.Shown, item => Assert.Contains(item.Item, turning));
        Assert.Null((await AuditFolder.ReportAsync(workspace.Output("bare"), Ct)).TurnedAnswers);
        Assert.Empty(Directory.GetFiles(workspace.Output("bare"), "evidence*", SearchOption.AllDirectories));
        Assert.Empty(Directory.GetFiles(workspace.Output("bare"), "*.jpg", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Donor_that_cannot_be_read_is_passed_over()
    {
        using var workspace = new PlantedWorkspace(Images);
        var rows = await RowsAsync(workspace, "whole");
        var broken = rows.First(row => row.Test == CausalTest.MixedRand).Donor!.Value;
        var path = Directory.GetFiles(workspace.Images, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ElementAt((int)broken);
        await File.WriteAllTextAsync(path, "no image", Ct);

        var again = await RowsAsync(workspace, "broken");

        Assert.DoesNotContain(again, row => row.Item == broken || row.Donor == broken);
        Assert.Equal(
            rows.Where(row => row.Item != broken && row.Donor is not null && row.Donor != broken).Select(row => (row.Item, row.Test, row.Fill, row.Donor)),
            again.Where(row => rows.Exists(old => (old.Item, old.Test, old.Fill, old.Donor) == (row.Item, row.Test, row.Fill, row.Donor) && row.Donor is not null)).Select(row => (row.Item, row.Test, row.Fill, row.Donor)));
    }

    private static async Task<List<CausalResult>> RowsAsync(PlantedWorkspace workspace, string output, params string[] settings)
    {
        var (exitCode, _, errors) = await BatchXaiProgram.RunAsync(Ct, workspace.Run(output, settings));
        Assert.True(exitCode == 0, errors);
        return await new OutputFolder(workspace.Output(output)).CausalAsync(Ct);
    }
}
