using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Datasets;

namespace BatchXai.Benchmarks;

/// <summary>The images of a dataset, as often as needed, as copies under new names in a manifest: so many items that a start or an end weighs little.</summary>
internal static class RepeatedImages
{
    public static async Task<AuditRequest> RepeatAsync(AuditRequest request, string folder, int items, CancellationToken ct)
    {
        var images = request.Dataset.Path;
        var files = Directory.GetFiles(images, "*.jpg", SearchOption.AllDirectories).Concat(Directory.GetFiles(images, "*.png", SearchOption.AllDirectories)).Order(StringComparer.Ordinal).ToList();
        var manifest = Path.Combine(folder, "manifest.csv");
        await using var lines = new StreamWriter(manifest);
        await lines.WriteLineAsync("path,label");
        for (int i = 0; i < items; i++)
        {
            ct.ThrowIfCancellationRequested();
            var source = files[i % files.Count];
            var name = $"{i:D6}{Path.GetExtension(source)}";
            File.Copy(source, Path.Combine(folder, name));
            await lines.WriteLineAsync($"{name},{Path.GetFileName(Path.GetDirectoryName(source))}");
        }

        return request with { Dataset = new DatasetSpec { Path = manifest, ClassMap = request.Dataset.ClassMap } };
    }
}
