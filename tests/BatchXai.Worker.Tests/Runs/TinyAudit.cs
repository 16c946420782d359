using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Datasets;
using BatchXai.Contracts.Models;
using BatchXai.Imaging;
using BatchXai.Onnx;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using BatchXai.Worker.Inspect;

namespace BatchXai.Worker.Tests.Runs;

/// <summary>A planned audit of a tiny model: plan, manifests and images in a folder, as a coordinator leaves them.</summary>
internal sealed class TinyAudit : IDisposable
{
    public const int ItemsPerShard = 4;

    private TinyAudit(string folder) => (Folder, Blobs) = (folder, new(new FolderBlobStore(Path.Combine(folder, "blobs"))));

    public string Folder { get; }

    public string BlobFolder => Path.Combine(Folder, "blobs");

    public GatedBlobs Blobs { get; }

    public Guid Id { get; } = Guid.NewGuid();

    public ModelSpec Model => new() { Path = Path.Combine(Folder, "tiny.onnx"), Preprocess = PreprocessPresets.All["0-1"] };

    /// <param name="shards">Shards to plan.</param>
    /// <param name="ct">Stops it.</param>
    /// <param name="rounds">How often each shard goes through its images.</param>
    public static async Task<TinyAudit> PlanAsync(int shards, CancellationToken ct, int rounds = 1)
    {
        var audit = new TinyAudit(Directory.CreateTempSubdirectory("batchxai-worker-").FullName);
        Directory.CreateDirectory(audit.BlobFolder);
        WriteModel(audit.Model.Path, seed: 1);
        var images = Directory.CreateDirectory(Path.Combine(audit.Folder, "images")).FullName;
        for (var shard = 0; shard < shards; shard++)
        {
            using var lines = new MemoryStream();
            DatasetItem[] items = [.. Enumerable.Range(shard * ItemsPerShard, ItemsPerShard).Select(index => Item(images, index))];
            await ManifestLines.WriteAsync(lines, Enumerable.Repeat(items, rounds).SelectMany(round => round), ct);
            lines.Position = 0;
            await audit.Blobs.WriteAsync(ArtifactAddresses.Manifest(audit.Id, shard), lines, ct);
        }

        var (description, problems) = await ModelInspector.InspectAsync(audit.Model, [MethodNames.Saliency], ct);
        Xunit.Assert.Empty(problems);
        await audit.Blobs.WriteJsonAsync(
            ArtifactAddresses.Plan(audit.Id),
            new AuditPlan
            {
                AuditId = audit.Id,
                Request = new() { Model = audit.Model, Dataset = new() { Path = images }, Methods = [MethodNames.Saliency], BatchSize = 2 },
                Model = description!,
                ImageRoot = images,
                OutputNames = ["a", "b", "c"],
                Items = shards * ItemsPerShard,
                DatasetHash = new string('0', 64),
            },
            ct);
        return audit;
    }

    /// <summary>A model with weights of its own for each seed.</summary>
    public static void WriteModel(string path, int seed) => File.WriteAllBytes(path, new OnnxModelBuilder(13).Input("x", [null, 3, 8, 8]).Initializer("w", [3, 3, 1, 1], [.. Enumerable.Range(seed, 9).Select(n => n % 5 - 1f)])
        .Node("Conv", ["x", "w"], "conv").Node("Relu", ["conv"], "act").Node("GlobalAveragePool", ["act"], "pool").Node("Flatten", ["pool"], "scores").Output("scores", [null, 3]).ToBytes());

    public Task CancelAsync(CancellationToken ct) => Blobs.WriteAsync(ArtifactAddresses.Cancelled(Id), [], ct);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static DatasetItem Item(string images, int index)
    {
        var name = $"{index}.png";
        File.WriteAllBytes(Path.Combine(images, name), PngWriter.Rgb([.. Enumerable.Range(0, 8 * 8 * 3).Select(at => (byte)(at * (index + 3)))], 8, 8));
        return new() { Index = index, Id = name, Path = name };
    }
}
