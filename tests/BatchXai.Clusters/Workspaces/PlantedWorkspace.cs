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

    /// <summary>A model that has learned from images of this kind whose background tells the class as strongly as ρ = <paramref name="correlation"/> says.</summary>
    /// <returns>Its file.</returns>
    public string Train(string name, double correlation, CancellationToken ct)
    {
        var plan = new TrainingPlan { Size = Size, Channels = [8, 16, 24], Images = 1_000, Epochs = 10, EnoughAccuracy = .8, Seed = 1 };
        var (file, threads) = (new DemoFolder(Root).Model(name), TorchSharp.torch.get_num_threads());
        try
        {
            TorchSharp.torch.set_num_threads(1); // Layers this small only wait for each other on more.
            using var network = TinyCnnTrainer.Train(new PlantedShortcutGenerator(Size, correlation, seed: 8), plan, new Progress<TrainingProgress>(), ct);
            File.WriteAllBytes(file, TinyCnnExport.ToOnnx(network, Size));
            return file;
        }
        finally
        {
            TorchSharp.torch.set_num_threads(threads);
        }
    }

    public string Output(string name) => Path.Combine(Root, name);

    /// <summary>Arguments of an audit of this dataset with every method.</summary>
    public string[] Run(string output, params string[] more) => ["run", .. Flags(Model, more), "--out", Output(output)];

    /// <summary>The same audit as a program asks for it.</summary>
    public AuditRequest Request(params string[] more) => WrittenRequest.Parse(Flags(Model, more));

    /// <summary>A file with the names of the outputs of every model here.</summary>
    public string WriteLabels()
    {
        var file = new DemoFolder(Root).Labels;
        File.WriteAllLines(file, Shape.All.Select(shape => shape.Name));
        return file;
    }

    /// <summary>The audit of another model as flags.</summary>
    public string[] Flags(string model, params string[] more) =>
    [
        "--model", model, "--data", Images, "--masks", Masks, "--mean", "0.5", "--std", "0.5", "--fit", "squash",
        "--methods", "cam,gradcam,saliency", .. more,
    ];

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
