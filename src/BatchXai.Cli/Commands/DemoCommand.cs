using System.CommandLine;
using BatchXai.Cli.Demo;
using BatchXai.Cli.Output;

namespace BatchXai.Cli.Commands;

/// <summary>batchxai demo: two small networks, one with a planted shortcut, audited side by side.</summary>
internal static class DemoCommand
{
    /// <summary>The command.</summary>
    public static Command Build(Screen screen)
    {
        var output = new Option<string>("--out") { Description = "Folder for images, models and reports.", DefaultValueFactory = _ => "demo", HelpName = "folder" };
        var json = CommonOptions.Json();
        var command = new Command("demo", "Trains two small networks, one of them on data with a background shortcut, and audits both. Takes a few minutes.") { output, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var folder = new DemoFolder(Path.GetFullPath(parsed.GetValue(output)!));
            var result = await new DemoRun(screen, folder, new DemoPlan()).RunAsync(cancellationToken);
            DemoResultText.Show(screen, result, parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }
}
