using System.Diagnostics;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Aggregate;
using BatchXai.Coordinator.Data;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Benchmarks.Distributed;

/// <summary>
/// A million items through coordinator, PostgreSQL and RabbitMQ, explained by a worker that returns recorded results. First the window fills while no
/// worker listens, which times dispatch alone; then everything is explained and recorded.
/// </summary>
internal static class DispatchRun
{
    private const int MostInFlight = 2_000;

    /// <param name="items">Items in the manifest.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<int> RunAsync(int items, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("batchxai-dispatch-").FullName;
        var audit = new RecordedAudit(folder, items);
        await audit.WriteManifestAsync(ct);
        await audit.WriteResultsAsync(ct);
        var blobs = Path.Combine(folder, "artifacts");
        await using var programs = await Programs.StartAsync(folder, blobs, Math.Min(MostInFlight, audit.Shards), ct);
        try
        {
            return Bar.Print(await MeasureAsync(programs, audit, new FolderBlobStore(blobs), ct));
        }
        catch (Exception wrong) when (wrong is not OperationCanceledException)
        {
            Console.Error.WriteLine(programs.Logs);
            throw;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Bar>> MeasureAsync(Programs programs, RecordedAudit audit, FolderBlobStore blobs, CancellationToken ct)
    {
        var (records, window) = (programs.Records, Math.Min(MostInFlight, audit.Shards));
        var time = await programs.CountAsync(ct);
        await using var inspector = await RecordedWorker.InspectAsync(programs.Broker, ct);
        var id = await programs.SubmitAsync(audit.Request, ct);
        await records.UntilAsync(id, $"(SELECT count(*) FROM shards WHERE audit_id = @audit AND confirmed_at IS NOT NULL) >= {window}", ct);
        var planning = await records.NumberAsync(id, "SELECT extract(epoch FROM planned_at - created_at) FROM audits WHERE id = @audit", ct);
        var confirmed = await records.NumberAsync(id, "SELECT count(*) / extract(epoch FROM max(confirmed_at) - min(dispatched_at)) FROM shards WHERE audit_id = @audit AND confirmed_at IS NOT NULL", ct);
        Console.WriteLine($"planning and dispatching: {time.Told()}");

        time = await programs.CountAsync(ct);
        await using var worker = await RecordedWorker.ExplainAsync(programs.Broker, audit, blobs, ct);
        await records.UntilAsync(id, "NOT EXISTS (SELECT FROM shards WHERE audit_id = @audit AND state <> 'done')", ct);
        var committed = await records.NumberAsync(id, "SELECT sum(items) / extract(epoch FROM max(ended_at) - min(ended_at)) FROM shards WHERE audit_id = @audit", ct);
        var memory = programs.CoordinatorPeak;
        Console.WriteLine($"explaining and recording: {time.Told()}");

        time = await programs.CountAsync(ct);

        await records.UntilAsync(id, "EXISTS (SELECT FROM audits WHERE id = @audit AND state = 'done')", ct);
        var report = await records.NumberAsync(id, "SELECT extract(epoch FROM audits.ended_at - (SELECT max(shards.ended_at) FROM shards WHERE audit_id = @audit)) FROM audits WHERE id = @audit", ct);
        Console.WriteLine($"reporting: {time.Told()}");
        var rows = await records.NumberAsync(id, "SELECT count(*) FROM items WHERE audit_id = @audit", ct);
        var tested = await records.TestEveryTenthAsync(id, ct);
        var views = await records.ViewsAsync(id, ct);
        time = await programs.CountAsync(ct);
        var figures = await FiguresAsync(records, id, blobs, ct);
        Console.WriteLine($"figures again, in this program: {time.Told()}");
        return
        [
            new($"coordinator's memory, at its highest, planning and running {audit.Items:N0} items", memory, "MiB", AtMost: 512),
            new("the same, after the report", programs.CoordinatorPeak, "MiB"),
            new($"planning {audit.Items:N0} items in {audit.Shards:N0} shards", planning, "s"),
            new($"shards published and confirmed at a window of {window:N0}", confirmed, "/s", AtLeast: 1_000),
            new("item rows committed", committed, "/s", AtLeast: 50_000),
            new("item rows in the end", rows, "", AtMost: audit.Items, AtLeast: audit.Items),
            new("rows of causal tests, for the views", tested, "", AtMost: audit.Items, AtLeast: audit.Items),
            .. views.Select(view => new Bar($"view {view.View}", view.Seconds, "s", AtMost: 2)),
            new("the report's figures", figures, "s", AtMost: 2),
            new("the whole report: figures, page, CSV of every row", report, "s"),
        ];
    }

    /// <summary>Seconds from the stored rows to the report's figures.</summary>
    private static async Task<double> FiguresAsync(Records records, Guid id, FolderBlobStore blobs, CancellationToken ct)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Database:ConnectionString", records.ConnectionString)]).Build();
        await using var services = new ServiceCollection().AddLogging().AddDatabase(settings).BuildServiceProvider();
        await using var db = await services.GetRequiredService<IDbContextFactory<AuditDb>>().CreateDbContextAsync(ct);
        var plan = await blobs.ReadJsonAsync<AuditPlan>(ArtifactAddresses.Plan(id), ct);
        var inputs = new ReportInputs { Plan = plan, CreatedAt = default, StageSeconds = new Dictionary<string, double>(), Versions = new Dictionary<string, string>(), Device = "cpu" };
        var clock = Stopwatch.StartNew();
        await ReportBuilder.BuildAsync(inputs, services.GetRequiredService<DatabaseDialect>().ReadItemsAsync(db, id, ct), AsyncEnumerable.Empty<CausalResult>(), ct);
        return clock.Elapsed.TotalSeconds;
    }
}
