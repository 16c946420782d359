using System.CommandLine;
using BatchXai.Cli.Embedded;
using BatchXai.Cli.Output;

namespace BatchXai.Cli.Commands;

/// <summary>batchxai report: writes the report of a finished audit again.</summary>
internal static class ReportCommand
{
    /// <summary>The command.</summary>
    public static Command Build(Screen screen)
    {
        var folder = new Argument<string>("folder") { Description = "Output folder of an audit." };
        var json = CommonOptions.Json();
        var command = new Command("report", "Writes the report of a finished audit again, without explaining anything anew.") { folder, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var ended = await EmbeddedAudit.RewriteReportAsync(Path.GetFullPath(parsed.GetValue(folder)!), cancellationToken);
            return AuditResultText.Show(screen, ended, parsed.GetValue(json));
        });
        return command;
    }
}
