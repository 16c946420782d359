using BatchXai.Clusters.Workspaces;
using Xunit;

namespace BatchXai.EndToEnd.Tests;

public sealed class BadInputRequestTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Several_problems_are_told_at_once()
    {
        using var workspace = new PlantedWorkspace(images: 6);
        var (model, data) = (Path.Combine(workspace.Root, "nowhere.onnx"), Path.Combine(workspace.Root, "nowhere"));
        await Refusal.OfAsync(
            6,
            workspace.Run("out", "--batch-size", "0", "--maps", "huge").With("--model", model).With("--data", data).With("--methods", "cam,lime").With("--std", "0"),
            $"model.path: '{model}'", $"dataset.path: '{data}'", "methods: 'lime'", "batchSize: 0", "preprocess.std: [0]", "--maps: 'huge'");
        Assert.False(Directory.Exists(workspace.Output("out")), "nothing was done, so no output folder is left behind");
    }

    [Fact]
    public async Task Unknown_keys_of_the_file_are_named_with_their_lines()
    {
        using var workspace = new PlantedWorkspace(images: 6);
        var file = await WriteAsync(workspace,
            "name: my audit",
            "model:",
            $"  path: {workspace.Model}",
            "  lables: names.txt",
            "dataset:",
            $"  path: {workspace.Images}",
            "bathSize: 8");
        await Refusal.OfAsync(2, ["run", file, "--out", workspace.Output("out")], $"{file}:4: model.lables: unknown key", "'model.labels'", $"{file}:7: bathSize: unknown key", "'batchSize'");
    }

    [Fact]
    public async Task Values_of_the_file_that_cannot_be_read_are_named_with_their_lines()
    {
        using var workspace = new PlantedWorkspace(images: 6);
        var file = await WriteAsync(workspace,
            $"model: {{ path: {workspace.Model}, preprocess: {{ mean: grey }} }}",
            $"dataset: {{ path: {workspace.Images} }}",
            "batchSize: many",
            "targets: all");
        await Refusal.OfAsync(3, ["run", file, "--out", workspace.Output("out")], $"{file}:1: model.preprocess.mean: 'grey'", $"{file}:3: batchSize: 'many'. Expected a whole number", $"{file}:4: targets: 'all'. Expected one of predicted, label, both");
    }

    [Fact]
    public async Task Broken_file_is_named_with_the_line()
    {
        using var workspace = new PlantedWorkspace(images: 6);
        var file = await WriteAsync(workspace, "name: a", "model: 'never closed");
        await Refusal.OfAsync(3, ["run", file, "--out", workspace.Output("out")], $"{file}:", "not valid YAML", "no model", "no dataset");
    }

    [Fact]
    public async Task Nothing_asked_for_is_told_what_is_needed() =>
        await Refusal.OfAsync(2, ["run"], "no model. Give --model", "no dataset. Give --data");

    [Fact]
    public async Task Unknown_flag_leads_to_the_help() =>
        await Refusal.OneAsync(["run", "--modle", "a.onnx"], "there is no option '--modle'", "'--model'", "batchxai run --help");

    private static async Task<string> WriteAsync(PlantedWorkspace workspace, params string[] lines)
    {
        var file = Path.Combine(workspace.Root, "audit.yaml");
        await File.WriteAllLinesAsync(file, lines, Ct);
        return file;
    }
}
