using BatchXai.Contracts.Api;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Models;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Report;
using BatchXai.Coordinator.Tests.Aggregate;
using BatchXai.Coordinator.Tests.Api;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Front;

/// <summary>Audits in which everything that strangers name has a hostile name: models, classes, splits, files, workers, keys, callers, cohorts, reviews, errors.</summary>
/// <param name="First">An audit that is done.</param>
/// <param name="Second">Another of the same items.</param>
/// <param name="Others">Audits that have failed, or whose files are gone.</param>
/// <param name="Files">Files of the first one, as addresses spell them.</param>
/// <param name="Key">Id of a key.</param>
internal sealed record HostileAudit(Guid First, Guid Second, IReadOnlyList<Guid> Others, IReadOnlyList<string> Files, string Key)
{
    /// <summary>Items of each audit: every name is on some of them.</summary>
    public const int Items = 60;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<HostileAudit> SeedAsync(ApiServer server)
    {
        var (first, second) = (await SeedOneAsync(server), await SeedOneAsync(server));
        List<Guid> others = [];
        await server.ChangeAsync(async db =>
        {
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            foreach (var (name, i) in Hostile.All.Select((name, i) => (name, i)))
            {
                others.Add(Guid.CreateVersion7());
                db.Audits.Add(new() { Id = others[^1], Name = name, ModelName = name, Fingerprint = $"{i}", Request = "{}", State = i % 2 == 0 ? AuditState.Failed : AuditState.Done, Error = name, CreatedAt = now, EndedAt = now });
                db.Shards.Add(new() { AuditId = first, Number = 100 + i, State = ShardState.Failed, Items = 1, Error = name, Worker = name });
                db.Workers.Add(new() { Name = name, Slots = 1, Device = name, Version = name, SeenAt = now });
                db.Cohorts.Add(new() { Id = Guid.CreateVersion7(), Name = name, Filter = $"class={Uri.EscapeDataString(name)}", AuditId = i % 2 == 0 ? first : null, CreatedBy = "key:admin", CreatedAt = now });
                db.ClusterReviews.Add(new() { AuditId = first, Class = name, Kind = ReviewKind.Selection, Items = "[0,1]", Mark = ReviewMark.Shortcut, Note = name, CreatedBy = name, CreatedAt = now });
                db.ApiKeys.Add(new() { Id = $"hostile{i}", Name = name, SecretHash = new('0', 64), Scope = KeyScope.Viewer, CreatedAt = now, CreatedBy = name });
                db.AccessLog.Add(new() { At = now, Subject = name, Credential = name, Action = name, Outcome = 200, Address = name });
            }

            await db.SaveChangesAsync(Ct);
        });
        var folder = ArtifactAddresses.Audit(first);
        var files = await server.Blobs.ListAsync(folder, Ct).Select(path => string.Join('/', path[folder.Length..].Split('/').Select(Uri.EscapeDataString))).ToListAsync(Ct);
        return new(first, second, others, files, "hostile0");
    }

    /// <summary>The name that an item's class, split, file and prediction have.</summary>
    public static string NameOf(int item) => Hostile.All[item % Hostile.All.Count];

    private static IEnumerable<double> Scattered(int name) => Enumerable.Range(0, Items).Where(item => item % Hostile.All.Count == name).Select(item => (double)item / Items);

    private static async Task<Guid> SeedOneAsync(ApiServer server)
    {
        var rows = Enumerable.Range(0, Items).Select(i => Sample.Map(i, .8, NameOf(i)) with { ItemId = NameOf(i), PredictedName = NameOf(i + 1), Split = NameOf(i), Metadata = MetadataText.Of(new Dictionary<string, string> { [NameOf(i)] = NameOf(i) }), Detail = NameOf(i) }).ToList();
        var audit = await FinishedAudit.SeedAsync(server, rows, report => report with { Name = Hostile.All[0], Warnings = Hostile.All });
        var plan = Sample.Plan(Items) with { AuditId = audit.Id, OutputNames = Hostile.All, ImageRoot = Path.Combine(server.Folder, Hostile.All[0].Replace('/', '_')), Warnings = Hostile.All };
        await server.Blobs.WriteJsonAsync(ArtifactAddresses.Plan(audit.Id), plan with { Request = plan.Request with { Name = Hostile.All[0], Model = new ModelSpec { Path = Hostile.All[1] } } }, Ct);
        var scatter = Hostile.All.Select((name, i) => new ClassScatter { Class = name, Items = [.. Enumerable.Range(0, Items).Where(item => item % Hostile.All.Count == i)], X = [.. Scattered(i)], Y = [.. Scattered(i)] });
        await new ReportWriter(server.Blobs, ReportPlace.InAudit.Prefix(audit.Id)).WriteScatterAsync(new() { Method = MethodNames.GradCam, Target = "predicted", Height = 4, Width = 4, Classes = [.. scatter] }, Ct);
        var run = Guid.NewGuid();
        using var parquet = new MemoryStream();
        await ItemsParquet.WriteAsync(parquet, rows, Ct);
        await server.Blobs.WriteAsync(ArtifactAddresses.Items(audit.Id, 0, run), parquet.ToArray(), Ct);
        foreach (var name in Hostile.All.Where(name => name.Length < 200))
        {
            await server.Blobs.WriteAsync($"{ArtifactAddresses.Run(audit.Id, 0, run)}{name.Replace('/', '_')}.npy", new MemoryStream([7]), Ct);
        }

        await server.ChangeAsync(db => db.Audits.Where(row => row.Id == audit.Id).ExecuteUpdateAsync(row => row.SetProperty(one => one.Name, Hostile.All[0]).SetProperty(one => one.ModelName, Hostile.All[1]), Ct));
        return audit.Id;
    }
}
