using BatchXai.Clusters.Workspaces;

namespace BatchXai.Browser.Tests.Sites;

/// <summary>A small dataset, and two models that have learned: one from images whose background tells the class, one from others. Some images have names that only an attacker gives.</summary>
public sealed class Models : IDisposable
{
    /// <summary>How many there are: of each of the six classes enough for groups of heatmaps to be looked for.</summary>
    public const int Images = 330;

    private readonly PlantedWorkspace workspace = new(Images);
    private readonly Dictionary<string, string> files;

    public Models(CancellationToken ct)
    {
        Labels = workspace.WriteLabels();
        files = new() { ["biased"] = workspace.Train("biased", .95, ct), ["balanced"] = workspace.Train("balanced", .5, ct) };
        foreach (var (name, place) in HostileNames.Zip(Directory.GetFiles(workspace.Images, "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal)))
        {
            var mask = Path.Combine(workspace.Masks, Path.GetRelativePath(workspace.Images, place));
            File.Move(place, Path.Combine(Path.GetDirectoryName(place)!, name));
            File.Move(mask, Path.Combine(Path.GetDirectoryName(mask)!, name));
        }
    }

    /// <summary>File names: markup, quotes, right to left, a formula, as long as they may be.</summary>
    public static IReadOnlyList<string> HostileNames { get; } =
    [
        "\"><img src=x onerror=alert(1)>.png",
        "'+alert(1)+'&amp;{{7*7}}.png",
        "\u202Egnp.exe\u202C.png",
        "=HYPERLINK(1).png",
        new string('n', 251) + ".png",
    ];

    public string Root => workspace.Root;

    public string DataFolder => workspace.Images;

    public string MaskFolder => workspace.Masks;

    /// <summary>Names of the models' outputs.</summary>
    public string Labels { get; }

    /// <summary>ONNX file of "biased" or "balanced".</summary>
    public string Model(string name) => files[name];

    public string Output(string name) => workspace.Output(name);

    /// <summary>The audit of a model as flags.</summary>
    public string[] Flags(string name) => workspace.Flags(files[name], "--labels", Labels, "--name", $"{name} model", "--shard-size", "60");

    public void Dispose() => workspace.Dispose();
}
