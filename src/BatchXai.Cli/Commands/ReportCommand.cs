using System.CommandLine;
using BatchXai.Cli.Embedded;
using BatchXai.Cli.Output;
using BatchXai.Cli.Remote;
using BatchXai.Contracts.Audits;

namespace BatchXai.Cli.Commands;

/// <summary>batchxai report: writes the report of a finished audit again, or fetches it from a server.</summary>
internal static class ReportCommand
{
    /// <summary>The command.</summary>
    public static Command Build(Screen screen)
    {
        var audit = new Argument<string>("audit") { Description = "Output folder of an audit, or the id of an audit on a server." };
        var server = ServerOption.Make();
        var output = new Option<string>("--out") { Description = "Folder for a report from a server.", DefaultValueFactory = _ => "report", HelpName = "folder" };
        var json = CommonOptions.Json();
        var command = new Command("report", "Writes the report of a finished audit again, without explaining anything anew, or fetches it from a server.") { audit, server, output, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var name = parsed.GetValue(audit)!;
            var ended = ServerOption.AuditOf(name) is { } id
                ? await FetchAsync(parsed, server, id, Path.GetFullPath(parsed.GetValue(output)!), cancellationToken)
                : await EmbeddedAudit.RewriteReportAsync(Path.GetFullPath(name), cancellationToken);
            return AuditResultText.Show(screen, ended, parsed.GetValue(json));
        });
        return command;
    }

    private static async Task<AuditEnded> FetchAsync(ParseResult parsed, Option<string?> server, Guid id, string folder, CancellationToken cancellationToken)
    {
        using var client = ServerOption.Need(parsed, server);
        return new(id, AuditState.Done, folder, await new ReportDownload(client, id, folder).FetchAsync(cancellationToken), null);
    }
}
