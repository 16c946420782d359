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
            var name = Path.Combine(image.Scene.Shape.Name, $"{i:D5}.png");
            await File.WriteAllBytesAsync(Path.Combine(images, name), PngWriter.Rgb(image.Pixels, image.Size, image.Size), stop);
            await File.WriteAllBytesAsync(Path.Combine(masks, name), PngWriter.Grey(image.HardMask(), image.Size, image.Size), stop);
        });
    }
}
