using System.CommandLine;
using BatchXai.Cli.Output;
using BatchXai.Cli.Remote;

namespace BatchXai.Cli.Commands;

/// <summary>batchxai watch: shows how far an audit on a server is, until it ends.</summary>
internal static class WatchCommand
{
    /// <summary>The command.</summary>
    public static Command Build(Screen screen)
    {
        var audit = CommonOptions.AuditId();
        var server = ServerOption.Make();
        var json = CommonOptions.Json();
        var command = new Command("watch", "Shows the progress of an audit on a server until it ends, and then what was found. Stopping this does not stop the audit.") { audit, server, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = ServerOption.Need(parsed, server);
            return await WatchAsync(screen, client, parsed.GetValue(audit), parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    /// <summary>Watches to the end. Returns the exit code.</summary>
    public static async Task<int> WatchAsync(Screen screen, CoordinatorClient client, Guid audit, bool json, CancellationToken cancellationToken)
    {
        var ended = await LiveAuditProgress.WatchAsync(
            screen, TimeProvider.System, progress => new RemoteWatch(client, audit, progress, screen.Note, TimeProvider.System).EndAsync(cancellationToken));
        return AuditResultText.Show(screen, ended, json);
    }
}
