using System.CommandLine;
using BatchXai.Cli.Embedded;
using BatchXai.Cli.Output;
using BatchXai.Cli.Serve;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts;
using BatchXai.Coordinator.Submit;
using BatchXai.Onnx;
using BatchXai.Storage.Locations;

namespace BatchXai.Cli.Commands;

/// <summary>batchxai run: one audit from request to report, in this process.</summary>
internal static class RunCommand
{
    /// <summary>The command.</summary>
    public static Command Build(Screen screen)
    {
        var file = new Argument<string?>("audit.yaml") { Description = "The request as a file; flags override it.", Arity = ArgumentArity.ZeroOrOne };
        var options = new AuditOptions();
        var output = new Option<string>("--out") { Description = "Folder for the report and everything behind it.", DefaultValueFactory = _ => "audit", HelpName = "folder" };
        var fresh = new Option<bool>("--fresh") { Description = "Begin anew instead of continuing what is in the output folder." };
        var json = CommonOptions.Json();
        var command = new Command("run", "Explains every image of a dataset and reports where the model looks.") { file, output, fresh, json };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var request = await ReadRequestAsync(parsed, parsed.GetValue(file), options, cancellationToken);
            var folder = Path.GetFullPath(parsed.GetValue(output)!);
            var ended = await RunAsync(screen, request, folder, parsed.GetValue(fresh), cancellationToken);
            return AuditResultText.Show(screen, ended, parsed.GetValue(json));
        });
        return command;
    }

    /// <summary>File and flags as one checked request.</summary>
    /// <exception cref="UserErrorException">Every problem of file, flags and paths.</exception>
    public static async Task<AuditRequest> ReadRequestAsync(ParseResult parsed, string? file, AuditOptions options, CancellationToken cancellationToken)
    {
        List<string> problems = [];
        var request = file is null ? AuditOptions.Empty : AuditOptions.ApplyFile(Path.GetFullPath(file), AuditOptions.Empty, problems);
        request = options.Apply(parsed, request, problems);
        return await CheckedAsync(request, problems, cancellationToken) is { } checkedRequest && problems.Count == 0 ? WithWeightFiles(checkedRequest) : throw new UserErrorException(problems);
    }

    // A file that is no ONNX model has none; what is wrong with it is said at inspection.
    private static AuditRequest WithWeightFiles(AuditRequest request)
    {
        try
        {
            return request with { Model = request.Model with { WeightFiles = OnnxModel.Load(request.Model.Path).ExternalFiles } };
        }
        catch (OnnxFormatException)
        {
            return request;
        }
    }

    /// <summary>What every request needs and this one lacks: the field, and what to do.</summary>
    public static IReadOnlyList<(string Field, string Advice)> Missing(AuditRequest request)
    {
        (string Path, string Field, string Advice)[] needed =
        [
            (request.Model.Path, "model.path", "no model. Give --model FILE.onnx, or model.path in audit.yaml."),
            (request.Dataset.Path, "dataset.path", "no dataset. Give --data FOLDER, or dataset.path in audit.yaml."),
        ];
        return [.. needed.Where(path => path.Path.Length == 0).Select(path => (path.Field, path.Advice))];
    }

    private static async Task<AuditRequest?> CheckedAsync(AuditRequest request, List<string> problems, CancellationToken cancellationToken)
    {
        var missing = Missing(request);
        problems.AddRange(missing.Select(path => path.Advice));
        try
        {
            return await AuditRequestCheck.CheckedAsync(request, SourceLocations.Anywhere, cancellationToken);
        }
        catch (UserErrorException bad)
        {
            problems.AddRange(bad.Problems.Where(problem => !missing.Any(path => problem.StartsWith(path.Field, StringComparison.Ordinal))));
            return null;
        }
    }

    private static async Task<AuditEnded> RunAsync(Screen screen, AuditRequest request, string folder, bool fresh, CancellationToken cancellationToken)
    {
        AuditedFolders.OfUser().Note(folder, screen);
        try
        {
            return await LiveAuditProgress.WatchAsync(
                screen, TimeProvider.System, progress => EmbeddedAudit.RunAsync(request, folder, fresh, progress, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            screen.Note($"What is done is kept in {folder}. The same command continues there; --fresh begins anew.");
            throw;
        }
    }
}
