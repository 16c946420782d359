using System.CommandLine;
using BatchXai.Cli.Output;
using BatchXai.Cli.Remote;
using BatchXai.Contracts.Api;
using Spectre.Console;

namespace BatchXai.Cli.Commands;

/// <summary>batchxai keys: who may use a server, for its administrators.</summary>
internal static class KeysCommand
{
    /// <summary>The command.</summary>
    public static Command Build(Screen screen) =>
        new("keys", "Creates, lists and revokes keys to a server. It needs an administrator's key; the first one is made at the server: BatchXai.Coordinator keys create.") { Create(screen), List(screen), Revoke(screen) };

    private static Command Create(Screen screen)
    {
        var name = new Option<string>("--name") { Description = "Whose key it is. Keys of one name are one caller, so that a new one can take the place of an old one.", HelpName = "name", Required = true };
        var scope = new Option<KeyScope>("--scope") { Description = "viewer: looks at its own audits. submitter: submits and manages them too. admin: everything.", HelpName = "scope", Required = true };
        var expires = new Option<int?>("--expires") { Description = "Days until it is refused, 1 to 3650; never without it.", HelpName = "days" };
        var server = ServerOption.Make();
        var json = CommonOptions.Json();
        var command = new Command("create", "Creates a key and prints it. It can never be shown again.") { name, scope, expires, server, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = ServerOption.Need(parsed, server);
            var created = await client.CreateKeyAsync(new() { Name = parsed.GetValue(name)!, Scope = parsed.GetValue(scope), ExpiresInDays = parsed.GetValue(expires) }, cancellationToken);
            if (parsed.GetValue(json))
            {
                screen.Json(created);
            }
            else
            {
                // The key alone goes to standard output: it can be sent to a file that only its holder reads.
                screen.Note($"key {created.Key.Id} of {created.Key.Name}, {KeysText.Scope(created.Key)}. It is shown this once:");
                screen.Results.WriteLine(created.Text);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Command List(Screen screen)
    {
        var server = ServerOption.Make();
        var json = CommonOptions.Json();
        var command = new Command("list", "Lists the keys of a server, newest first.") { server, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = ServerOption.Need(parsed, server);
            var keys = await client.KeysAsync(cancellationToken);
            if (parsed.GetValue(json))
            {
                screen.Json(keys);
            }
            else
            {
                KeysText.Show(screen, keys, TimeProvider.System.GetUtcNow());
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Command Revoke(Screen screen)
    {
        var key = new Argument<string>("key") { Description = "Id of the key, as create and list show it." };
        var server = ServerOption.Make();
        var command = new Command("revoke", "Revokes a key of a server: it is refused from now on.") { key, server };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = ServerOption.Need(parsed, server);
            var revoked = await client.RevokeKeyAsync(IdOf(parsed.GetValue(key)!), cancellationToken);
            screen.Results.WriteLine($"{revoked.Id}  revoked");
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Who has a whole key at hand may give that: only its id leaves this machine.</summary>
    private static string IdOf(string given) => given.Split('_') is ["bxk", var id, _] ? id : given;
}
