using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Datasets;
using BatchXai.Contracts.Results;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Tests.Aggregate;
using BatchXai.Coordinator.Tests.Api;
using BatchXai.Coordinator.Tests.Data;
using BatchXai.Coordinator.Tests.Report;
using BatchXai.Imaging;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Browse;

/// <summary>
/// An audit with rows, images and heatmaps that a person can look at. Item 1 has a grey image and heatmaps whose bright corner is the lower right one, item 2's image is gone, item 3's path
/// leads out of the folder.
/// </summary>
internal static class BrowsedAudit
{
    public static readonly Guid Run = Guid.Parse("99999999-0000-0000-0000-000000000000");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Every test's server has its own.</summary>
    public static async Task<Guid> SeedAsync(ApiServer server)
    {
        var id = await server.SeedAsync(AuditState.Done, ShardState.Done);
        var plan = Sample.Plan(BrowsedRows.Rows.Count, MethodNames.GradCam, MethodNames.Cam);
        await server.ChangeAsync(async db =>
        {
            await db.Shards.Where(shard => shard.AuditId == id).ExecuteUpdateAsync(shard => shard.SetProperty(row => row.RunId, Run), Ct);
            await db.Audits.Where(audit => audit.Id == id).ExecuteUpdateAsync(audit => audit.SetProperty(row => row.Name, BrowsedRows.Hostile), Ct);
        });
        await ItemRowsTests.WriteAsync(server.Database, id, 0, BrowsedRows.Rows.Select(row => row with { MapRow = row.MapRow is null ? null : row.Item == 1 ? 1 : 0 }));
        await CausalRowsTests.WriteAsync(server.Database, id, 0, BrowsedRows.Causal.Select(row => row with { Predicted = 1, Donor = row.Test == CausalTest.Placebo ? null : 2 }));
        await server.Blobs.WriteJsonAsync(ArtifactAddresses.Plan(id), plan with { AuditId = id, ImageRoot = Path.Combine(server.Folder, "images"), Request = plan.Request with { Targets = TargetChoice.Both } }, Ct);
        await WriteImagesAsync(server, id);
        await WriteMapsAsync(server, id);
        return id;
    }

    private static async Task WriteImagesAsync(ApiServer server, Guid id)
    {
        Directory.CreateDirectory(Path.Combine(server.Folder, "images"));
        var grey = PngWriter.Rgb(Enumerable.Repeat((byte)128, 40 * 40 * 3).ToArray(), 40, 40);
        await File.WriteAllBytesAsync(Path.Combine(server.Folder, "images", "1.png"), grey, Ct);
        await File.WriteAllBytesAsync(Path.Combine(server.Folder, "secret.png"), grey, Ct);
        using var lines = new MemoryStream();
        await ManifestLines.WriteAsync(lines, Enumerable.Range(1, 3).Select(item => new DatasetItem { Index = item, Id = $"{item}.png", Path = item == 3 ? "../secret.png" : $"{item}.png", Boxes = [new(10, 10, 30, 30)] }), Ct);
        await server.Blobs.WriteAsync(ArtifactAddresses.Manifest(id, 0), lines.ToArray(), Ct);
    }

    private static async Task WriteMapsAsync(ApiServer server, Guid id)
    {
        float[] upperLeft = [1, -1, -1, -1], lowerRight = [-1, -1, -1, 1];
        using var maps = new MemoryStream();
        var writer = new NpyWriter(maps, NpyType.Float16, 2, 2);
        await writer.AppendAsync(upperLeft, Ct);
        await writer.AppendAsync(lowerRight, Ct);
        await writer.CompleteAsync(Ct);
        foreach (var method in (string[])[MethodNames.GradCam, MethodNames.Cam])
        {
            await server.Blobs.WriteAsync(ArtifactAddresses.Maps(id, 0, Run, method), maps.ToArray(), Ct);
        }

        // The file may say anything of where its pictures lie.
        var pictured = Pictured.Of(1, BrowsedRows.Hostile);
        await server.Blobs.WriteJsonAsync(ArtifactAddresses.Evidence(id, 0, Run), (PicturedItem[])[pictured with { Before = pictured.Before with { Picture = "../../../plan.json" } }], Ct);
        await server.Blobs.WriteAsync(ArtifactAddresses.Run(id, 0, Run) + ArtifactAddresses.EvidencePicture(1, CausalTest.MixedRand), [7, 1], Ct);
    }
}
