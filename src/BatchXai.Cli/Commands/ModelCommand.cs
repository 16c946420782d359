using System.CommandLine;
using BatchXai.Cli.Output;
using BatchXai.Contracts;
using BatchXai.Contracts.Models;
using BatchXai.Onnx;
using BatchXai.Worker.Inspect;

namespace BatchXai.Cli.Commands;

/// <summary>batchxai model inspect: what a model file is, and what can be done with it.</summary>
internal static class ModelCommand
{
    private static readonly string[] Shared = ["model.layer", "model.output", "model.preprocess.width", "model.trusted"];

    /// <summary>The command.</summary>
    public static Command Build(Screen screen)
    {
        var file = new Argument<string>("file") { Description = "ONNX file or TorchScript archive." };
        var json = CommonOptions.Json();
        var options = new AuditOptions();
        var inspect = new Command("inspect", "Inputs, outputs, operators, candidate target layers, suggested preprocessing, possible methods.") { file, json };
        options.AddTo(inspect, Shared);
        inspect.SetAction((parsed, cancellationToken) =>
        {
            List<string> problems = [];
            var spec = options.Apply(parsed, AuditOptions.Empty, problems).Model with { Path = Path.GetFullPath(parsed.GetValue(file)!) };
            return problems.Count > 0 ? throw new UserErrorException(problems) : InspectAsync(screen, spec, parsed.GetValue(json), cancellationToken);
        });
        return new Command("model", "Looks at models.") { inspect, VerifyCommand.Build(screen) };
    }

    private static async Task<int> InspectAsync(Screen screen, ModelSpec spec, bool json, CancellationToken cancellationToken)
    {
        var model = File.Exists(spec.Path) && await ModelFile.IsTorchScriptAsync(spec.Path, cancellationToken) ? null : Load(spec.Path);
        var (description, problems) = await ModelInspector.InspectAsync(spec, [], cancellationToken);
        var inspection = model is null ? ModelInspection.Of(spec.Path, description, problems) : ModelInspection.Of(spec.Path, model, description, problems);
        if (json)
        {
            screen.Json(inspection);
        }
        else
        {
            ModelInspectionText.Show(screen, inspection);
        }

        screen.Problems(problems);
        return problems.Count > 0 ? ExitCode.Error : ExitCode.Done;
    }

    /// <summary>Reads a model.</summary>
    /// <exception cref="UserErrorException">There is no such file, or it is no ONNX model.</exception>
    internal static OnnxModel Load(string file)
    {
        try
        {
            return OnnxModel.Load(file);
        }
        catch (Exception bad) when (bad is OnnxFormatException or IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(bad is FileNotFoundException or DirectoryNotFoundException
                ? $"{file}: no such file. Expected an ONNX model."
                : $"{file}: {bad.Message}");
        }
    }
}
