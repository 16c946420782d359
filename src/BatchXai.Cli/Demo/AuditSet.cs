using BatchXai.Imaging;

namespace BatchXai.Cli.Demo;

/// <summary>The audit images as a dataset on disk: PNG, one folder a class, masks parallel to them.</summary>
internal static class AuditSet
{
    /// <summary>Draws and writes the first <paramref name="count"/> images.</summary>
    public static async Task WriteAsync(PlantedShortcutGenerator generator, int count, DemoFolder folder, CancellationToken cancellationToken)
    {
        foreach (var shape in Shape.All)
        {
            Directory.CreateDirectory(Path.Combine(folder.Images, shape.Name));
            Directory.CreateDirectory(Path.Combine(folder.Masks, shape.Name));
        }

        await Parallel.ForAsync(0, count, cancellationToken, async (i, stop) =>
        {
            var image = generator.Generate(i);
            var name = Path.Combine(image.Scene.Shape.Name, $"{i:D5}.png");
            await File.WriteAllBytesAsync(Path.Combine(folder.Images, name), PngWriter.Rgb(image.Pixels, image.Size, image.Size), stop);
            await File.WriteAllBytesAsync(Path.Combine(folder.Masks, name), PngWriter.Grey(image.HardMask(), image.Size, image.Size), stop);
        });
    }
}
