using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Models;

namespace BatchXai.Coordinator.Front.Submit;

/// <summary>Every field of the form.</summary>
internal static class SubmitFields
{
    /// <summary>Preprocessing by name.</summary>
    public const string Preset = "preprocess";

    public static IReadOnlyList<SubmitGroup> Groups { get; } =
    [
        new("Model",
        [
            new("model.path", "Model file", "ONNX or TorchScript, as this server sees it: an absolute path, or azblob://container/path. batchxai submit uploads a file and does all of this.", Required: true),
            new("model.labels", "Output names", "Text file with one output name a line; empty: outputs are numbered."),
            new("model.layer", "Target layer", "Tensor name; empty: found automatically.", Rare: true),
            new("model.output", "Scores", "Tensor name of the class scores; empty: the first output that may hold them.", Rare: true),
            new("model.trusted", "Trusted as a program", "A TorchScript archive is code that runs. ONNX files are only data.", ["no", "yes"], "no", Rare: true),
        ]),
        new("Preprocessing",
        [
            new(Preset, "Preset", "What is not said otherwise below is as in this preset. x = (pixel · scale − mean) / std.", [.. PreprocessPresets.All.Keys], "imagenet"),
            new("preprocess.mean", "Mean", "One number, or three in channel order.", Rare: true),
            new("preprocess.std", "Standard deviation", "One number, or three in channel order.", Rare: true),
            new("preprocess.scale", "Scale", "Factor on 8-bit pixel values, before the mean.", Rare: true),
            new("preprocess.order", "Channel order", "That of the model’s input.", ["", .. Words<ChannelOrder>()], Rare: true),
            new("preprocess.fit", "Fit", "How an image of another shape is made to fit.", ["", .. Words<FitMode>()], Rare: true),
            new("preprocess.width", "Width", "Pixels; only where the model leaves it open.", Rare: true),
            new("preprocess.height", "Height", "Pixels; only where the model leaves it open.", Rare: true),
            new("preprocess.resizeShorter", "Shorter side", "Pixels, before the centre is cut out.", Rare: true),
            new("preprocess.padding", "Padding", "Grey level, 0 to 255, with letterbox.", Rare: true),
        ]),
        new("Dataset",
        [
            new("dataset.path", "Images", "A folder with a sub-folder a class, or a manifest (.csv, .jsonl), as this server sees it.", Required: true),
            new("dataset.masks", "Masks", "Folder of object masks, parallel to the images; empty: those of the manifest, or none."),
            new("dataset.classMap", "Class map", "CSV with columns class, outputs; empty: a class is the output of the same name."),
            new("dataset.split", "Split", "Only items of this split; empty: all."),
            new("dataset.item", "Item", "Only the item with this id, as reports name it; empty: all."),
        ]),
        new("Audit",
        [
            new("name", "Name", "Shown in lists and in the report.", Default: "audit"),
            new("methods", "Methods", "What makes the heatmaps; at least one.", [.. MethodNames.All], MethodNames.GradCam, Several: true),
            new("targets", "Target", "Whose score is explained.", Words<TargetChoice>(), Word(TargetChoice.Predicted), Rare: true),
            new("objective", "Objective", "What is explained.", Words<Objective>(), Word(Objective.Score), Rare: true),
            new("causal", "Causal tests", "Which items with masks or boxes are asked again on other backgrounds; sampled are about 2,000.", Words<CausalChoice>(), Word(CausalChoice.Sampled), Rare: true),
            new("overlays", "Overlay pictures", "Which items get one beside the report.", Words<OverlayChoice>(), Word(OverlayChoice.Flagged), Rare: true),
            new("maps", "Heatmaps", "At which resolution they are stored.", Words<MapStorage>(), Word(MapStorage.Pooled), Rare: true),
            new("shardSize", "Items in a shard", "1 to 10000.", Default: "256", Rare: true),
            new("batchSize", "Images in a batch", "1 to 4096.", Default: "32", Rare: true),
            new("weight", "Weight", "Share of the workers relative to other audits, 1 to 100.", Default: "1", Rare: true),
            new("seed", "Seed", "Of every random choice.", Default: "0", Rare: true),
        ]),
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<SubmitField> All => Groups.SelectMany(group => group.Fields);

    /// <summary>A value as the form writes it.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static IReadOnlyList<string> Words<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(Word)];
}
