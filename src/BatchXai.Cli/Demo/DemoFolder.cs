using BatchXai.Contracts;

namespace BatchXai.Cli.Demo;

/// <summary>Where the demo's files lie.</summary>
/// <param name="Root">The output folder, absolute.</param>
internal sealed record DemoFolder(string Root)
{
    /// <summary>Audit images, one sub-folder a class.</summary>
    public string Images => Path.Combine(Root, "audit-set", "images");

    /// <summary>Their masks, parallel to the images.</summary>
    public string Masks => Path.Combine(Root, "audit-set", "masks");

    /// <summary>Names of the outputs of both models.</summary>
    public string Labels => Path.Combine(Root, "models", "labels.txt");

    private string Marker => Path.Combine(Root, ".batchxai-demo");

    /// <summary>ONNX file of a model.</summary>
    public string Model(string name) => Path.Combine(Root, "models", $"{name}.onnx");

    /// <summary>Output folder of the audit of a model.</summary>
    public string Audit(string name) => Path.Combine(Root, name);

    /// <summary>Makes the folders; an audit set that an earlier demo left there goes.</summary>
    /// <exception cref="UserErrorException">The folder holds something else, or cannot be written.</exception>
    public void Prepare()
    {
        if (File.Exists(Root) || (Directory.Exists(Root) && !File.Exists(Marker) && Directory.EnumerateFileSystemEntries(Root).Any()))
        {
            throw new UserErrorException($"{Root} exists and was not made by the demo. Choose a new folder with --out.");
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Labels)!);
            File.WriteAllText(Marker, "The demo made this folder and overwrites it when it runs again.\n");
            if (Directory.Exists(Path.GetDirectoryName(Images)))
            {
                Directory.Delete(Path.GetDirectoryName(Images)!, recursive: true);
            }
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{Root}: cannot be written: {denied.Message} Choose another folder with --out.");
        }
    }
}
