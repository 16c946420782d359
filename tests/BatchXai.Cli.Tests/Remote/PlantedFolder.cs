using BatchXai.Cli.Demo;
using BatchXai.Cli.Planted;

namespace BatchXai.Cli.Tests.Remote;

/// <summary>A small dataset with masks and a small model, in a folder of its own.</summary>
internal sealed class PlantedFolder : IDisposable
{
    private const int Size = 24;

    private PlantedFolder(string root, DemoFolder demo) => (Root, Images, Masks, Model) = (root, demo.Images, demo.Masks, demo.Model("untrained"));

    public string Root { get; }

    public string Images { get; }

    public string Masks { get; }

    public string Model { get; }

    public static async Task<PlantedFolder> MakeAsync(int images, CancellationToken ct)
    {
        var root = Directory.CreateTempSubdirectory("batchxai-remote-").FullName;
        var demo = new DemoFolder(root);
        demo.Prepare();
        await AuditSet.WriteAsync(new PlantedShortcutGenerator(Size, .5, seed: 7), images, demo.Images, demo.Masks, ct);
        TorchSharp.torch.random.manual_seed(11);
        using var network = new TinyCnn([8, 16, 24], PlantedShortcutGenerator.Classes);
        await File.WriteAllBytesAsync(demo.Model("untrained"), TinyCnnExport.ToOnnx(network, Size), ct);
        return new(root, demo);
    }

    /// <summary>The flags of an audit of this dataset.</summary>
    public string[] Flags(params string[] more) =>
        ["--model", Model, "--data", Images, "--masks", Masks, "--mean", "0.5", "--std", "0.5", "--fit", "squash", "--shard-size", "16", "--batch-size", "8", .. more];

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
