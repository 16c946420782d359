using System.Text.Json;
using BatchXai.Cli.Planted;
using BatchXai.Contracts;
using BatchXai.Coordinator.Report;

namespace BatchXai.Cli.Selftest;

/// <summary>
/// Where the benchmark's files lie. What is there is not done again; without its file in <c>results</c>, a model is audited again, but not trained again.
/// </summary>
/// <param name="Root">The output folder, absolute.</param>
internal sealed record ZooFolder(string Root)
{
    private const string Marker = ".batchxai-selftest";

    /// <summary>Names of the outputs of all models.</summary>
    public string Labels => Path.Combine(Root, "labels.txt");

    /// <summary>ONNX file of a model.</summary>
    public string Model(string name) => Path.Combine(Root, "models", $"{name}.onnx");

    /// <summary>Output folder of an audit.</summary>
    public string Audit(string name) => Path.Combine(Root, "audits", name);

    /// <summary>Audit images and their manifests.</summary>
    public string AuditSets => Path.Combine(Root, "audit-sets");

    /// <summary>Makes the folder.</summary>
    /// <exception cref="UserErrorException">The folder holds something else, or cannot be written.</exception>
    public void Prepare()
    {
        if (File.Exists(Root) || (Directory.Exists(Root) && !File.Exists(Path.Combine(Root, Marker)) && Directory.EnumerateFileSystemEntries(Root).Any()))
        {
            throw new UserErrorException($"{Root} exists and was not made by the self-test. Choose a new folder with --out.");
        }

        try
        {
            Directory.CreateDirectory(Path.Combine(Root, "models"));
            Directory.CreateDirectory(Path.Combine(Root, "results"));
            Directory.CreateDirectory(AuditSets);
            File.WriteAllText(Path.Combine(Root, Marker), "The self-test made this folder and continues in it.\n");
            File.WriteAllLines(Labels, Shape.All.Select(shape => shape.Name));
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{Root}: cannot be written: {denied.Message} Choose another folder with --out.");
        }
    }

    /// <summary>A model as an earlier run made it; null: it was not made, or in another way.</summary>
    public MadeModel? ReadMade(ZooModel model, TrainingPlan training) =>
        Read<MadeModel>(Made(model.Name)) is { } made && Same(made.Model, model) && Same(made.Training, training) && File.Exists(Model(model.Name)) ? made : null;

    /// <summary>Keeps how a model was made.</summary>
    public void Write(MadeModel made) => Write(Made(made.Model.Name), made);

    /// <summary>What was found about a model before; null: nothing, or about one that was made in another way.</summary>
    public ZooModelResult? ReadResult(ZooModel model, TrainingPlan training) =>
        Read<ZooModelResult>(Result(model.Name)) is { } found && Same(found.Made.Model, model) && Same(found.Made.Training, training) ? found : null;

    /// <summary>Keeps what was found about a model.</summary>
    public void Write(ZooModelResult result) => Write(Result(result.Model.Name), result);

    private static T? Read<T>(string file)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(file), ReportJson.Options);
        }
        catch (Exception missing) when (missing is FileNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>A file that is there is complete.</summary>
    private static void Write<T>(string file, T value)
    {
        File.WriteAllText($"{file}.part", JsonSerializer.Serialize(value, ReportJson.Options));
        File.Move($"{file}.part", file, overwrite: true);
    }

    private static bool Same<T>(T first, T second) => JsonSerializer.Serialize(first) == JsonSerializer.Serialize(second);

    private string Made(string name) => Path.Combine(Root, "models", $"{name}.json");

    private string Result(string name) => Path.Combine(Root, "results", $"{name}.json");
}
