using System.CommandLine;
using BatchXai.Cli.Output;
using BatchXai.Cli.Selftest;

namespace BatchXai.Cli.Commands;

/// <summary>batchxai selftest: models with known shortcuts and without are audited, and what the audits found is compared with the truth.</summary>
internal static class SelftestCommand
{
    /// <summary>The command.</summary>
    public static Command Build(Screen screen)
    {
        var output = new Option<string>("--out") { Description = "Folder for images, models, audits and results. What is done there is not done again.", DefaultValueFactory = _ => "selftest", HelpName = "folder" };
        var models = new Option<string[]>("--models") { Description = "Only the models whose names begin so, for instance texture-100.", AllowMultipleArgumentsPerToken = true, HelpName = "name" };
        var json = CommonOptions.Json();
        var command = new Command("selftest", "Trains networks with planted shortcuts and without, audits each, and prints how often the audits are right.") { output, models, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = Path.GetFullPath(parsed.GetValue(output)!);
            var result = await SelftestRun.RunAsync(screen, folder, ZooProfile.Ci.Only(parsed.GetValue(models) ?? []), TimeProvider.System, cancellationToken);
            SelftestResultText.Show(screen, result, folder, parsed.GetValue(json));
            return result.Holds ? ExitCode.Done : ExitCode.GateFailed;
        });
        return command;
    }
}
