using BatchXai.Testing;

namespace BatchXai.Clusters.Workspaces;

/// <summary>A few real images of the shared data in a folder of their own; gone when disposed. Skips the running test where there are none.</summary>
public sealed class SharedImages : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("batchxai-e2e-").FullName;

    public string Images => Path.Combine(Root, "images");

    public string Masks => Path.Combine(Root, "masks");

    /// <summary>The first images of every class of Caltech 101 that is here, with their masks.</summary>
    public static SharedImages OfCaltech(int perClass)
    {
        var (images, masks) = (SharedData.PathOrSkip("caltech101/images"), SharedData.PathOrSkip("caltech101/masks"));
        var copied = new SharedImages();
        foreach (var folder in Directory.GetDirectories(images))
        {
            var name = Path.GetFileName(folder);
            foreach (var image in Directory.GetFiles(folder).Order(StringComparer.Ordinal).Take(perClass))
            {
                Copy(image, Path.Combine(copied.Images, name));
                Copy(Path.Combine(masks, name, Path.GetFileNameWithoutExtension(image) + ".png"), Path.Combine(copied.Masks, name));
            }
        }

        return copied;
    }

    /// <summary>All CIFAR-10 images, with a manifest that takes the label from the file's name: airplane7.png.</summary>
    public static SharedImages OfCifar(out string manifest)
    {
        var source = SharedData.PathOrSkip("cifar10");
        var copied = new SharedImages();
        List<string> lines = ["path,label"];
        foreach (var image in Directory.GetFiles(source, "*.png"))
        {
            Copy(image, copied.Images);
            lines.Add($"{Path.GetFileName(image)},{Path.GetFileNameWithoutExtension(image).TrimEnd([.. "0123456789"])}");
        }

        manifest = Path.Combine(copied.Images, "manifest.csv");
        File.WriteAllLines(manifest, lines);
        return copied;
    }

    public string Output(string name) => Path.Combine(Root, name);

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static void Copy(string file, string folder)
    {
        Directory.CreateDirectory(folder);
        File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
    }
}
