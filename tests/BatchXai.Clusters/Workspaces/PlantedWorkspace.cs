using BatchXai.Cli.Demo;
using BatchXai.Cli.Planted;
using BatchXai.Contracts.Audits;

namespace BatchXai.Clusters.Workspaces;

/// <summary>A folder with a small dataset (images, masks), a small model and room for outputs; gone when disposed.</summary>
public sealed class PlantedWorkspace : IDisposable
{
    private const int Size = 24;

    public PlantedWorkspace(int images)
    {
        Root = Directory.CreateTempSubdirectory("batchxai-e2e-").FullName;
        var demo = new DemoFolder(Root);
        demo.Prepare();
        AuditSet.WriteAsync(new PlantedShortcutGenerator(Size, .5, seed: 7), images, demo.Images, demo.Masks, CancellationToken.None).GetAwaiter().GetResult();
        (Images, Masks, Model) = (demo.Images, demo.Masks, demo.Model("untrained"));
        TorchSharp.torch.random.manual_seed(11);
        using var network = new TinyCnn([8, 16, 24], PlantedShortcutGenerator.Classes);
        File.WriteAllBytes(Model, TinyCnnExport.ToOnnx(network, Size));
    }

    public string Root { get; }

    public string Images { get; }

    public string Masks { get; }

    public string Model { get; }

    public string Output(string name) => Path.Combine(Root, name);

    /// <summary>Arguments of an audit of this dataset with every method.</summary>
    public string[] Run(string output, params string[] more) => ["run", .. Flags(more), "--out", Output(output)];

    /// <summary>The same audit as a program asks for it.</summary>
    public AuditRequest Request(params string[] more) => WrittenRequest.Parse(Flags(more));

    private string[] Flags(string[] more) =>
    [
        "--model", Model, "--data", Images, "--masks", Masks, "--mean", "0.5", "--std", "0.5", "--fit", "squash",
        "--methods", "cam,gradcam,saliency", .. more,
    ];

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
