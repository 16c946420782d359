using System.Globalization;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Models;
using BatchXai.Coordinator.Api.Bodies;
using BatchXai.Storage;

namespace BatchXai.Coordinator.Front.Submit;

/// <summary>Reads a form as a request. What cannot be read becomes a problem that begins with the field's name, and its place in the request keeps the default.</summary>
/// <param name="values">Field → what was typed or chosen.</param>
internal sealed class SubmittedForm(IReadOnlyDictionary<string, IReadOnlyList<string>> values)
{
    private readonly List<string> problems = [];

    /// <summary>What cannot be read.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>The request; to be read once.</summary>
    public AuditRequest Request() => new()
    {
        Name = Text("name") ?? "audit",
        Model = new()
        {
            Path = Text("model.path") ?? "",
            Labels = Text("model.labels"),
            Layer = Text("model.layer"),
            Output = Text("model.output"),
            Trusted = Text("model.trusted") == "yes",
            Preprocess = Preprocess(),
        },
        Dataset = new() { Path = Text("dataset.path") ?? "", Masks = Text("dataset.masks"), ClassMap = Text("dataset.classMap"), Split = Text("dataset.split"), Item = Text("dataset.item") },
        Methods = values.GetValueOrDefault("methods") ?? [],
        Targets = Word("targets", TargetChoice.Predicted),
        Objective = Word("objective", Objective.Score),
        Causal = Word("causal", CausalChoice.Sampled),
        Overlays = Word("overlays", OverlayChoice.Flagged),
        Maps = Word("maps", MapStorage.Pooled),
        ShardSize = Whole("shardSize") ?? 256,
        BatchSize = Whole("batchSize") ?? 32,
        Weight = Whole("weight") ?? 1,
        Seed = Whole("seed") ?? 0,
    };

    private PreprocessSpec Preprocess()
    {
        var name = Text(SubmitFields.Preset) ?? "imagenet";
        if (!PreprocessPresets.All.TryGetValue(name, out var preset))
        {
            Refuse(SubmitFields.Preset, name, $"one of {string.Join(", ", PreprocessPresets.All.Keys)}");
            preset = new();
        }

        return preset with
        {
            Mean = Numbers("preprocess.mean") ?? preset.Mean,
            Std = Numbers("preprocess.std") ?? preset.Std,
            Scale = Numbers("preprocess.scale")?[0] ?? preset.Scale,
            Order = Word("preprocess.order", preset.Order),
            Fit = Word("preprocess.fit", preset.Fit),
            Width = Whole("preprocess.width"),
            Height = Whole("preprocess.height"),
            ResizeShorter = Whole("preprocess.resizeShorter"),
            Padding = Whole("preprocess.padding") ?? preset.Padding,
        };
    }

    private string? Text(string field)
    {
        if (values.GetValueOrDefault(field) is not [var text, ..] || string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (JsonLeaf.TextProblem(text) is { } problem)
        {
            problems.Add($"{field}: {problem}");
        }

        return text.Trim();
    }

    private T Word<T>(string field, T absent)
        where T : struct, Enum
    {
        if (Text(field) is not { } text)
        {
            return absent;
        }

        var words = Enum.GetValues<T>().ToDictionary(SubmitFields.Word);
        return words.TryGetValue(text, out var value) ? value : Refuse(field, text, $"one of {string.Join(", ", words.Keys)}", absent);
    }

    private int? Whole(string field) => Text(field) is not { } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : Refuse<int?>(field, text, "a whole number", null);

    private IReadOnlyList<double>? Numbers(string field)
    {
        if (Text(field) is not { } text)
        {
            return null;
        }

        var numbers = text.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries)
            .Select(part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN).ToList();
        return numbers.Count > 0 && !numbers.Exists(double.IsNaN) ? numbers : Refuse<IReadOnlyList<double>?>(field, text, "numbers such as 0.485, 0.456, 0.406", null);
    }

    private T Refuse<T>(string field, string text, string expected, T instead)
    {
        Refuse(field, text, expected);
        return instead;
    }

    private void Refuse(string field, string text, string expected) => problems.Add($"{field}: '{Shown.Text(text)}'. Expected {expected}.");
}
