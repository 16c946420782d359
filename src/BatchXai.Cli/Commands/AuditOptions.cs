using System.CommandLine;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Models;
using FieldMap = System.Collections.Generic.IReadOnlyDictionary<string, BatchXai.Cli.Commands.FieldValue>;

namespace BatchXai.Cli.Commands;

/// <summary>
/// The one place that says how a request is written: every field of <see cref="AuditRequest"/> with its key in audit.yaml, its flag, and how
/// it enters the request. The file is laid over the defaults, the flags over the file.
/// </summary>
internal sealed class AuditOptions
{
    private const string Preset = "model.preprocess";

    private static readonly (string Field, string Flag, string Help)[] Fields =
    [
        ("model.path", "--model", "ONNX file of the classifier, or a TorchScript archive."),
        ("model.trusted", "--trust-model", "yes: a TorchScript archive may run the code in it. ONNX files are only data."),
        ("model.labels", "--labels", "Text file with one output name a line; without it outputs are numbered."),
        ("model.layer", "--layer", "Target layer by tensor name or by the name that model inspect shows; found automatically without it."),
        ("model.output", "--output-tensor", "Tensor name of the class scores; the first output that may hold them without it."),
        (Preset, "--preprocess", $"Preprocessing: {string.Join(", ", PreprocessPresets.All.Keys)}, or a YAML file with the fields below."),
        ("model.preprocess.mean", "--mean", "Mean of each channel, after the scale: one number or three."),
        ("model.preprocess.std", "--std", "Standard deviation of each channel: one number or three."),
        ("model.preprocess.scale", "--scale", "Factor on 8-bit pixel values, before the mean; 1/255 by default."),
        ("model.preprocess.order", "--order", "Channel order: rgb, bgr."),
        ("model.preprocess.fit", "--fit", "How an image of another shape fits: center-crop, squash, letterbox."),
        ("model.preprocess.resizeShorter", "--resize-shorter", "With center-crop: the shorter side before the crop, in pixels."),
        ("model.preprocess.padding", "--padding", "With letterbox: grey level of the padding, 0 to 255."),
        ("dataset.path", "--data", "Folder with a sub-folder a class, or a manifest (.csv, .jsonl)."),
        ("dataset.masks", "--masks", "Folder of object masks, parallel to the images."),
        ("dataset.classMap", "--class-map", "CSV with columns class, outputs: which model outputs a class maps to."),
        ("dataset.split", "--split", "Only items of this split."),
        ("dataset.item", "--item", "Only the item with this id, as reports name it; what it is held against still comes from all."),
        ("methods", "--methods", $"Any of {string.Join(", ", MethodNames.All)}, separated by commas."),
        ("targets", "--targets", "Whose score is explained: predicted, label, both."),
        ("objective", "--objective", "What is explained: score, loss."),
        ("maps", "--maps", "How heatmaps are stored: pooled, full."),
        ("overlays", "--overlays", "Which items get an overlay picture: none, flagged, all."),
        ("causal", "--causal", "Which items with masks or boxes take part in the causal tests: off, sampled (about 2,000), full."),
        ("shardSize", "--shard-size", "Items in one unit of work, 1 to 10000."),
        ("batchSize", "--batch-size", "Images in one forward pass, 1 to 4096."),
        ("weight", "--weight", "Share of the workers on a server, relative to other audits: 1 to 100."),
        ("seed", "--seed", "Seed of every random choice."),
        ("name", "--name", "Name shown in the report."),
    ];

    /// <summary>Fields without a flag of their own: --size gives both.</summary>
    private static readonly string[] Sizes = ["model.preprocess.width", "model.preprocess.height"];

    private readonly Dictionary<string, Option<string[]>> options = Fields.ToDictionary(
        field => field.Field,
        field => new Option<string[]>(field.Flag) { Description = field.Help, HelpName = "value", Arity = ArgumentArity.OneOrMore });

    private readonly Option<string[]> size = new("--size") { Description = "Input size in pixels where the model leaves it open or takes pixels in a row: 224, or 320x240 (width x height).", HelpName = "value" };

    /// <summary>Every key that audit.yaml may have.</summary>
    public static IReadOnlyCollection<string> KnownFields { get; } = [.. Fields.Select(field => field.Field), .. Sizes];

    /// <summary>A request that asks for nothing yet.</summary>
    public static AuditRequest Empty { get; } = new() { Model = new() { Path = "" }, Dataset = new() { Path = "" } };

    /// <summary>Adds the flags for the fields that start with one of the prefixes; all without a prefix.</summary>
    public void AddTo(Command command, params IReadOnlyList<string> prefixes)
    {
        bool Wanted(string field) => prefixes.Count == 0 || prefixes.Any(prefix => field.StartsWith(prefix, StringComparison.Ordinal));
        foreach (var (_, option) in options.Where(option => Wanted(option.Key)))
        {
            command.Options.Add(option);
        }

        if (Wanted(Sizes[0]))
        {
            command.Options.Add(size);
        }
    }

    /// <summary>Lays the flags of a command line over a request.</summary>
    public AuditRequest Apply(ParseResult parsed, AuditRequest request, List<string> problems)
    {
        Dictionary<string, FieldValue> fields = [];
        foreach (var (field, option) in options)
        {
            if (parsed.GetResult(option) is not null)
            {
                fields[field] = Given(parsed, option);
            }
        }

        if (parsed.GetResult(size) is not null)
        {
            var given = Given(parsed, size);
            var sides = string.Join(',', given.Texts).Split('x');
            fields[Sizes[0]] = given with { Texts = [sides[0]] };
            fields[Sizes[1]] = given with { Texts = sides.Length == 1 ? [sides[0]] : sides[1..] };
        }

        return Overlay(request, fields, problems);
    }

    /// <summary>Lays a YAML file over a request.</summary>
    public static AuditRequest ApplyFile(string file, AuditRequest request, List<string> problems) =>
        Overlay(request, YamlFields.Read(file, "", KnownFields, problems), problems);

    private static AuditRequest Overlay(AuditRequest start, FieldMap fields, List<string> problems)
    {
        var read = new FieldReader(fields, problems);
        return start with
        {
            Name = read.Text("name") ?? start.Name,
            Model = start.Model with
            {
                Path = read.Path("model.path") ?? start.Model.Path,
                Labels = read.Path("model.labels") ?? start.Model.Labels,
                Layer = read.Text("model.layer") ?? start.Model.Layer,
                Output = read.Text("model.output") ?? start.Model.Output,
                Trusted = read.YesOrNo("model.trusted") ?? start.Model.Trusted,
                Preprocess = Preprocess(start.Model.Preprocess, read),
            },
            Dataset = start.Dataset with
            {
                Path = read.Path("dataset.path") ?? start.Dataset.Path,
                Masks = read.Path("dataset.masks") ?? start.Dataset.Masks,
                ClassMap = read.Path("dataset.classMap") ?? start.Dataset.ClassMap,
                Split = read.Text("dataset.split") ?? start.Dataset.Split,
                Item = read.Text("dataset.item") ?? start.Dataset.Item,
            },
            Methods = read.List("methods") ?? start.Methods,
            Targets = read.Choice<TargetChoice>("targets") ?? start.Targets,
            Objective = read.Choice<Objective>("objective") ?? start.Objective,
            Maps = read.Choice<MapStorage>("maps") ?? start.Maps,
            Overlays = read.Choice<OverlayChoice>("overlays") ?? start.Overlays,
            Causal = read.Choice<CausalChoice>("causal") ?? start.Causal,
            ShardSize = read.Integer("shardSize") ?? start.ShardSize,
            BatchSize = read.Integer("batchSize") ?? start.BatchSize,
            Weight = read.Integer("weight") ?? start.Weight,
            Seed = read.Integer("seed") ?? start.Seed,
        };
    }

    private static PreprocessSpec Preprocess(PreprocessSpec start, FieldReader read)
    {
        start = Named(start, read);
        return start with
        {
            Mean = read.Numbers("model.preprocess.mean") ?? start.Mean,
            Std = read.Numbers("model.preprocess.std") ?? start.Std,
            Scale = read.Number("model.preprocess.scale") ?? start.Scale,
            Order = read.Choice<ChannelOrder>("model.preprocess.order") ?? start.Order,
            Fit = read.Choice<FitMode>("model.preprocess.fit") ?? start.Fit,
            ResizeShorter = read.Integer("model.preprocess.resizeShorter") ?? start.ResizeShorter,
            Width = read.Integer("model.preprocess.width") ?? start.Width,
            Height = read.Integer("model.preprocess.height") ?? start.Height,
            Padding = read.Integer("model.preprocess.padding") ?? start.Padding,
        };
    }

    /// <summary>A preset by name, or a file that holds the fields of a preprocessing.</summary>
    private static PreprocessSpec Named(PreprocessSpec start, FieldReader read)
    {
        if (read.Text(Preset) is not { } name)
        {
            return start;
        }

        if (PreprocessPresets.All.TryGetValue(name, out var preset))
        {
            return preset;
        }

        var file = read.Path(Preset)!;
        if (File.Exists(file))
        {
            var known = KnownFields.Where(field => field.StartsWith(Preset + ".", StringComparison.Ordinal)).ToList();
            return Preprocess(new PreprocessSpec(), new FieldReader(YamlFields.Read(file, Preset + ".", known, read.Problems), read.Problems));
        }

        read.Problems.Add($"{read.Find(Preset)!.Where}: '{name}' is neither a preset nor a file. Expected one of {string.Join(", ", PreprocessPresets.All.Keys)}, or a YAML file.{NearNames.Hint(name, PreprocessPresets.All.Keys)}");
        return start;
    }

    private static FieldValue Given(ParseResult parsed, Option<string[]> option) =>
        new(option.Name, parsed.GetValue(option) ?? [], Environment.CurrentDirectory);
}
