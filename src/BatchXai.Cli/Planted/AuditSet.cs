using BatchXai.Imaging;

namespace BatchXai.Cli.Planted;

/// <summary>The audit images as a dataset on disk: PNG, one folder a class, masks parallel to them.</summary>
internal static class AuditSet
{
    /// <summary>Draws and writes the first <paramref name="count"/> images, below the folders <paramref name="images"/> and <paramref name="masks"/>.</summary>
    public static async Task WriteAsync(PlantedShortcutGenerator generator, int count, string images, string masks, CancellationToken cancellationToken)
    {
        foreach (var shape in Shape.All)
        {
            Directory.CreateDirectory(Path.Combine(images, shape.Name));
            Directory.CreateDirectory(Path.Combine(masks, shape.Name));
        }

        await Parallel.ForAsync(0, count, cancellationToken, async (i, stop) =>
        {
            var image = generator.Generate(i);
            await File.WriteAllBytesAsync(Path.Combine(images, Name(i)), PngWriter.Rgb(image.Pixels, image.Size, image.Size), stop);
            await File.WriteAllBytesAsync(Path.Combine(masks, Name(i)), PngWriter.Grey(image.HardMask(), image.Size, image.Size), stop);
        });
    }

    /// <summary>Lines of a manifest with columns path, label, split and mask, for images that are written to these folders, relative to the manifest.</summary>
    public static IEnumerable<string> Lines(int count, string images, string masks, string split) =>
        Enumerable.Range(0, count).Select(i => $"{images}/{Name(i)},{Class(i)},{split},{masks}/{Name(i)}");

    // Classes take turns.
    private static string Class(int i) => Shape.All[i % Shape.All.Count].Name;

    private static string Name(int i) => $"{Class(i)}/{i:D5}.png";
}
