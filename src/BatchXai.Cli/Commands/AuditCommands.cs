using System.CommandLine;
using BatchXai.Cli.Output;
using BatchXai.Cli.Remote;
using BatchXai.Contracts.Api;
using Spectre.Console;

namespace BatchXai.Cli.Commands;

/// <summary>batchxai cancel, retry, delete: what can be done with an audit on a server.</summary>
internal static class AuditCommands
{
    /// <summary>The commands.</summary>
    public static IEnumerable<Command> Build(Screen screen) =>
    [
        Changing(screen, "cancel", "Ends an audit on a server; what is done is kept.", (client, audit, cancellationToken) => client.CancelAsync(audit, cancellationToken)),
        Changing(screen, "retry", "Takes an audit on a server up again that failed or was cancelled: only what is not done.", (client, audit, cancellationToken) => client.RetryAsync(audit, cancellationToken)),
        Delete(screen),
    ];

    private static Command Changing(Screen screen, string name, string description, Func<CoordinatorClient, Guid, CancellationToken, Task<AuditView>> change)
    {
        var audit = CommonOptions.AuditId();
        var server = ServerOption.Make();
        var json = CommonOptions.Json();
        var command = new Command(name, description) { audit, server, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = ServerOption.Need(parsed, server);
            var view = await change(client, parsed.GetValue(audit), cancellationToken);
            if (parsed.GetValue(json))
            {
                screen.Json(view);
            }
            else
            {
                screen.Results.WriteLine($"{view.Id}  {AuditListText.State(view.State)}");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Command Delete(Screen screen)
    {
        var audit = CommonOptions.AuditId();
        var server = ServerOption.Make();
        var command = new Command("delete", "Deletes an audit on a server with its rows, heatmaps and report. One that runs is cancelled first.") { audit, server };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = ServerOption.Need(parsed, server);
            await client.DeleteAsync(parsed.GetValue(audit), cancellationToken);
            screen.Results.WriteLine($"{parsed.GetValue(audit)}  deleted");
            return ExitCode.Done;
        });
        return command;
    }
}
