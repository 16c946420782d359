using System.CommandLine;
using BatchXai.Cli.Output;
using BatchXai.Cli.Remote;
using BatchXai.Contracts.Audits;

namespace BatchXai.Cli.Commands;

/// <summary>batchxai list: the audits on a server.</summary>
internal static class ListCommand
{
    /// <summary>The command.</summary>
    public static Command Build(Screen screen)
    {
        var server = ServerOption.Make();
        var state = new Option<string?>("--state") { Description = $"Only audits in this state: {string.Join(", ", Enum.GetValues<AuditState>().Select(AuditListText.State))}.", HelpName = "state" };
        var name = new Option<string?>("--name") { Description = "Only audits of this name.", HelpName = "name" };
        var limit = new Option<int>("--limit") { Description = "Most audits shown, 1 to 1000.", DefaultValueFactory = _ => 20, HelpName = "number" };
        var json = CommonOptions.Json();
        var command = new Command("list", "Lists the audits on a server, newest first.") { server, state, name, limit, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = ServerOption.Need(parsed, server);
            (string Name, string? Value)[] filters = [("limit", $"{parsed.GetValue(limit)}"), ("state", parsed.GetValue(state)), ("name", parsed.GetValue(name))];
            var query = string.Join('&', filters.Where(filter => filter.Value is not null).Select(filter => $"{filter.Name}={Uri.EscapeDataString(filter.Value!)}"));
            var list = await client.ListAsync(query, cancellationToken);
            if (parsed.GetValue(json))
            {
                screen.Json(list);
            }
            else
            {
                AuditListText.Show(screen, list);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
