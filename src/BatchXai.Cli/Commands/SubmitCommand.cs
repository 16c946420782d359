using System.CommandLine;
using BatchXai.Cli.Output;
using BatchXai.Cli.Remote;
using BatchXai.Contracts;
using BatchXai.Contracts.Audits;
using Spectre.Console;

namespace BatchXai.Cli.Commands;

/// <summary>batchxai submit: hands an audit to a server.</summary>
internal static class SubmitCommand
{
    /// <summary>The command.</summary>
    public static Command Build(Screen screen)
    {
        var file = new Argument<string?>("audit.yaml") { Description = "The request as a file; flags override it.", Arity = ArgumentArity.ZeroOrOne };
        var options = new AuditOptions();
        var server = ServerOption.Make();
        var watch = new Option<bool>("--watch") { Description = "Stay and show progress until the audit ends." };
        var json = CommonOptions.Json();
        var command = new Command("submit", "Hands an audit to a server. Model, labels and class map are uploaded; images and masks are named as the server sees them.") { file, server, watch, json };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = ServerOption.Need(parsed, server);
            var request = await new RequestUpload(client, screen.Note).UploadAsync(ReadRequest(parsed, parsed.GetValue(file), options), cancellationToken);
            var audit = await client.SubmitAsync(request, Guid.NewGuid().ToString(), cancellationToken);
            if (parsed.GetValue(watch))
            {
                return await WatchCommand.WatchAsync(screen, client, audit.Id, parsed.GetValue(json), cancellationToken);
            }

            if (parsed.GetValue(json))
            {
                screen.Json(audit);
            }
            else
            {
                screen.Results.WriteLine($"Audit     {audit.Id}");
                screen.Results.WriteLine($"Watch     batchxai watch {audit.Id}{(parsed.GetResult(server) is null ? "" : $" --server {parsed.GetValue(server)}")}");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static AuditRequest ReadRequest(ParseResult parsed, string? file, AuditOptions options)
    {
        List<string> problems = [];
        var request = file is null ? AuditOptions.Empty : AuditOptions.ApplyFile(Path.GetFullPath(file), AuditOptions.Empty, problems);
        request = options.Apply(parsed, request, problems);
        problems.AddRange(RunCommand.Missing(request).Select(missing => missing.Advice));
        return problems.Count == 0 ? request : throw new UserErrorException(problems);
    }
}
