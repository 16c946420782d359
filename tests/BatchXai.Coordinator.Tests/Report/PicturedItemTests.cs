using BatchXai.Contracts.Datasets;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Aggregate.Causal;
using BatchXai.Coordinator.Report;
using BatchXai.Coordinator.Tests.Aggregate;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using BatchXai.Storage.Causal;
using Xunit;

namespace BatchXai.Coordinator.Tests.Report;

/// <summary>From the pictures that runs keep to those that a report shows.</summary>
public sealed class PicturedItemTests : IDisposable
{
    private const int ShardSize = 10;
    private static readonly Guid Run = Guid.Parse("99999999-0000-0000-0000-000000000000");
    private readonly string folder = Directory.CreateTempSubdirectory("batchxai-evidence-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private FolderBlobStore Blobs => new(folder);

    private static Contracts.Audits.AuditPlan Plan { get; } = Sample.Plan(20) with { Request = Sample.Plan(20).Request with { ShardSize = ShardSize } };

    [Fact]
    public async Task Picker_passes_every_row_on_and_finds_the_items_whose_answer_turns()
    {
        var rows = Enumerable.Range(0, 6).SelectMany(item => Rows(item, turns: item is 1 or 4 or 5, surety: item / 10.0)).ToList();
        var picker = new EvidencePicker();

        Assert.Equal(rows, await picker.WatchAsync(Sample.Stream(rows), Ct).ToListAsync(Ct));
        Assert.Equal([5, 4, 1], picker.Items);
        Assert.Equal((6, 3), (picker.Judged, picker.Turned));
    }

    [Fact]
    public async Task Items_are_shown_in_the_order_picked_from_the_shards_that_hold_them()
    {
        await WriteShardAsync(0, Pictured.Of(2), Pictured.Of(7));
        await WriteShardAsync(1, Pictured.Of(11));

        // Of item 5 no picture was kept, and item 30 lies in no shard.
        var drawn = await ReadAsync(11, 5, 7, 30, 2);

        Assert.Equal([11, 7, 2], drawn.Select(item => item.Evidence.Item));
        Assert.Equal(["evidence/000000007-as_is.jpg", "evidence/000000007-mixed_rand.jpg"], drawn[1].Pictures.Keys);
        Assert.Equal(drawn[1].Pictures.Keys, drawn[1].Evidence.Tests.Prepend(drawn[1].Evidence.Before).Select(view => view.Picture));
        Assert.Equal([7, 1], drawn[1].Pictures["evidence/000000007-mixed_rand.jpg"]);
    }

    [Fact]
    public async Task No_more_items_are_shown_than_a_person_looks_at()
    {
        await WriteShardAsync(0, [.. Enumerable.Range(0, 10).Select(item => Pictured.Of(item))]);
        await WriteShardAsync(1, [.. Enumerable.Range(10, 10).Select(item => Pictured.Of(item))]);

        Assert.Equal(Enumerable.Range(0, EvidenceRule.MostOfReport).Select(item => (long)item), (await ReadAsync([.. Enumerable.Range(0, 20)])).Select(item => item.Evidence.Item));
    }

    [Fact]
    public async Task Lost_or_renamed_pictures_cost_themselves_only()
    {
        var elsewhere = Pictured.Of(3);
        await WriteShardAsync(0, Pictured.Of(2), elsewhere with { Before = elsewhere.Before with { Picture = "../../../plan.json" } });
        await WriteShardAsync(1);
        await Blobs.WriteAsync(ArtifactAddresses.Evidence(Plan.AuditId, 1, Run), "no JSON"u8.ToArray(), Ct);
        File.Delete(Path.Combine(folder, ArtifactAddresses.Run(Plan.AuditId, 0, Run), "evidence/000000002-as_is.jpg"));

        var drawn = await ReadAsync(2, 3, 12);

        Assert.Equal([2, 3], drawn.Select(item => item.Evidence.Item));
        Assert.Null(drawn[0].Evidence.Before.Picture);
        Assert.Equal(["evidence/000000002-mixed_rand.jpg"], drawn[0].Pictures.Keys);
        Assert.Equal("evidence/000000003-as_is.jpg", drawn[1].Evidence.Before.Picture);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static IEnumerable<CausalResult> Rows(int item, bool turns, double surety) =>
        from test in Enum.GetValues<CausalTest>()
        from fill in Enum.GetValues<CausalFill>()
        select new CausalResult
        {
            Item = item, Label = "cat", Split = "all", MaskKind = MaskKind.Mask, Test = test, Fill = fill, Status = CausalStatus.Ok, CorrectBefore = true, ProbabilityBefore = surety,
            Flipped = turns && test == CausalTest.MixedRand,
        };

    private Task<IReadOnlyList<DrawnEvidence>> ReadAsync(params IEnumerable<int> items) =>
        new PicturedItemReader(Plan, Blobs, new Dictionary<int, Guid> { [0] = Run, [1] = Run }).ReadAsync([.. items.Select(item => (long)item)], Ct);

    private async Task WriteShardAsync(int shard, params PicturedItem[] evidence)
    {
        using var lines = new MemoryStream();
        await ManifestLines.WriteAsync(lines, Enumerable.Range(shard * ShardSize, ShardSize).Select(item => new DatasetItem { Index = item, Id = $"{item}.png", Path = $"{item}.png" }), Ct);
        await Blobs.WriteAsync(ArtifactAddresses.Manifest(Plan.AuditId, shard), lines.ToArray(), Ct);
        foreach (var item in evidence)
        {
            var run = ArtifactAddresses.Run(Plan.AuditId, shard, Run);
            await Blobs.WriteAsync(run + ArtifactAddresses.EvidencePicture(item.Item, null), [(byte)item.Item, 0], Ct);
            await Blobs.WriteAsync(run + ArtifactAddresses.EvidencePicture(item.Item, CausalTest.MixedRand), [(byte)item.Item, 1], Ct);
        }

        await Blobs.WriteJsonAsync(ArtifactAddresses.Evidence(Plan.AuditId, shard, Run), evidence, Ct);
    }
}
