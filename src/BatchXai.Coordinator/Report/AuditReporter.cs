using System.Text.Json;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Aggregate;
using BatchXai.Coordinator.Aggregate.Causal;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Plan;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using BatchXai.Storage.Locations;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Report;

/// <summary>The end of an audit: rows to figures, figures to files.</summary>
/// <param name="dialect">Reads the rows, and shows them to the database before a dashboard asks.</param>
/// <param name="blobs">Where the audit's artifacts lie, and its report.</param>
/// <param name="locations">Where its images and masks lie.</param>
/// <param name="clock">Dates the report.</param>
/// <param name="place">Where among the blobs the report goes.</param>
public sealed class AuditReporter(DatabaseDialect dialect, IBlobStore blobs, SourceLocations locations, TimeProvider clock, ReportPlace place)
{
    /// <summary>Address of a file of an audit's report, such as <c>report.html</c> or <c>evidence/item-3.png</c>.</summary>
    public string AddressOf(Guid auditId, string name) => place.Prefix(auditId) + name;

    /// <summary>Reads a report that was written.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public Task<OverfittingReport> ReadAsync(Guid auditId, CancellationToken cancellationToken) => ReportJson.ReadAsync<OverfittingReport>(blobs, AddressOf(auditId, "report.json"), cancellationToken);

    /// <summary>Reads where the heatmaps of each class lie in a plane; null: no heatmap is stored, or the report is of a version that wrote no places, or others.</summary>
    public async Task<ClusterScatter?> ReadScatterAsync(Guid auditId, CancellationToken cancellationToken)
    {
        try
        {
            return await ReportJson.ReadAsync<ClusterScatter>(blobs, AddressOf(auditId, ReportWriter.ScatterName), cancellationToken);
        }
        catch (Exception absent) when (absent is FileNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the report's files from what is recorded, and returns the report.</summary>
    public async Task<OverfittingReport> WriteAsync(AuditDb db, AuditRow audit, CancellationToken cancellationToken)
    {
        await dialect.ShowItemsAsync(cancellationToken);
        await dialect.IndexItemsAsync(audit.Id, cancellationToken);
        var plan = await blobs.ReadJsonAsync<AuditPlan>(ArtifactAddresses.Plan(audit.Id), cancellationToken);
        var inputs = new ReportInputs
        {
            Plan = plan,
            CreatedAt = clock.GetUtcNow(),
            StageSeconds = await StagesAsync(db, audit.Id, cancellationToken),
            Versions = ComponentVersions.With(plan.Model.TorchVersion),
            Device = plan.Model.Device,
            Warnings = plan.Warnings,
            Sanity = await SanityAsync(db, audit.Id, cancellationToken),
        };
        var picker = new EvidencePicker();
        var causalRows = picker.WatchAsync(db.CausalResultsOf(audit.Id), cancellationToken);
        var report = await ReportBuilder.BuildAsync(inputs, dialect.ReadItemsAsync(db, audit.Id, cancellationToken), causalRows, cancellationToken);
        var runs = await db.Shards.AsNoTracking().Where(shard => shard.AuditId == audit.Id && shard.State == ShardState.Done)
            .ToDictionaryAsync(shard => shard.Number, shard => shard.RunId!.Value, cancellationToken);
        (report, var scatter) = await WithMapsAsync(db, report, runs, cancellationToken);
        var pictures = ReportPictures.None;
        if (plan.Request.Overlays != OverlayChoice.None)
        {
            var tested = await new PicturedItemReader(plan, blobs, runs).ReadAsync(picker.Items, cancellationToken);
            report = report with { TurnedAnswers = report.Causal is null ? null : new() { Judged = picker.Judged, Turned = picker.Turned, Shown = [.. tested.Select(drawn => drawn.Evidence)] } };
            pictures = new(
                await new EvidenceRenderer(plan, blobs, locations, runs).RenderAsync(EvidencePictures.Wanted(report), cancellationToken),
                tested.SelectMany(drawn => drawn.Pictures).ToDictionary());
        }

        var writer = new ReportWriter(blobs, place.Prefix(audit.Id));
        await writer.WriteScatterAsync(scatter, cancellationToken);
        await writer.WriteAsync(report, pictures, dialect.ReadItemsAsync(db, audit.Id, cancellationToken), cancellationToken);
        return report;
    }

    /// <summary>Adds what only the stored heatmaps tell: they are read once, those of the first method × target.</summary>
    private async Task<(OverfittingReport Report, ClusterScatter? Scatter)> WithMapsAsync(AuditDb db, OverfittingReport report, IReadOnlyDictionary<int, Guid> runs, CancellationToken cancellationToken)
    {
        if (report.Methods is not [{ Method: var method, Target: var target }, ..])
        {
            return (report, null);
        }

        var (means, groups) = (new MeanMapSums(), new ClusterSearch(report.Classes, method, target, report.Request.Seed));
        await new MapReader(report.AuditId, blobs, runs).ReadAsync(method, target, report.Dataset.Items, Take, cancellationToken);
        var found = await groups.FindAsync(items => db.CausalResultsOf(report.AuditId, items, cancellationToken), cancellationToken);
        return (report with { MeanMaps = means.Means(method, target), Clusters = found?.Report }, found?.Scatter);

        void Take(ItemResult row, StoredMap map)
        {
            means.Add(row, map);
            groups.Add(row, map);
        }
    }

    /// <summary>What the run that holds the first item found; null: it did not look, or another run of a split shard was to.</summary>
    private async Task<SanityResult?> SanityAsync(AuditDb db, Guid auditId, CancellationToken cancellationToken)
    {
        var shard = await db.Shards.AsNoTracking().FirstOrDefaultAsync(row => row.AuditId == auditId && row.FirstItem == 0 && row.State == ShardState.Done, cancellationToken);
        try
        {
            return shard is { RunId: { } run } ? await blobs.ReadJsonAsync<SanityResult>(ArtifactAddresses.Sanity(auditId, shard.Number, run), cancellationToken) : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static async Task<IReadOnlyDictionary<string, double>> StagesAsync(AuditDb db, Guid auditId, CancellationToken cancellationToken)
    {
        var stages = new SortedDictionary<string, double>();
        await foreach (var json in db.Shards.Where(shard => shard.AuditId == auditId && shard.StageSeconds != null).Select(shard => shard.StageSeconds!).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            foreach (var (stage, seconds) in JsonSerializer.Deserialize<Dictionary<string, double>>(json)!)
            {
                stages[stage] = stages.GetValueOrDefault(stage) + seconds;
            }
        }

        return stages;
    }
}
