using System.CommandLine;
using BatchXai.Cli.Gate;
using BatchXai.Cli.Output;
using BatchXai.Cli.Remote;
using BatchXai.Contracts;

namespace BatchXai.Cli.Commands;

/// <summary>batchxai gate: passes or fails a report, for a pipeline that releases models.</summary>
internal static class GateCommand
{
    private const string Help = "Passes or fails a report on interval bounds. Exit codes: 0 passed, 1 failed, 2 too little evidence, 3 error. "
        + "A limit is violated when the whole interval lies beyond it (causal tests: with both fills); a figure is worse than the baseline when the two intervals are further apart than the noise band.";

    /// <summary>The command.</summary>
    public static Command Build(Screen screen)
    {
        var report = new Argument<string>("report") { Description = "Output folder of an audit, its report.json, or the id of an audit on a server." };
        var baseline = new Option<string?>("--baseline") { Description = "The report that it must not be worse than.", HelpName = "report" };
        var thresholds = new Option<string?>("--thresholds") { Description = $"YAML file with {string.Join(", ", GateLimits.Fields)}; flags override it.", HelpName = "file" };
        Dictionary<string, Option<string?>> limits = new()
        {
            ["maxBgGap"] = Limit("--max-bg-gap", "Most BG-gap, a share; the verdict's limit (0.10) without it."),
            ["maxNetFlips"] = Limit("--max-net-flips", "Most net flips, a share; the verdict's limit (0.20) without it."),
            ["maxNoObject"] = Limit("--max-no-object", "Most accuracy without the object above chance, a share; the verdict's limit (0.15) without it."),
            ["minFocus"] = Limit("--min-focus", "Least focus κ."),
            ["noiseBand"] = Limit("--noise-band", "How far the intervals of report and baseline may lie apart, a share; 0.02 without it."),
        };
        var warn = new Option<bool>("--warn-fails") { Description = "A verdict of WARN fails." };
        var markdown = new Option<string?>("--markdown") { Description = "File for the answer as Markdown, for a pull request.", HelpName = "file" };
        var server = ServerOption.Make();
        var json = CommonOptions.Json();
        var command = new Command("gate", Help) { report, baseline, thresholds, warn, markdown, server, json };
        limits.Values.ToList().ForEach(command.Options.Add);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var asked = Read(parsed, thresholds, limits, warn);
            var source = await ReportSource.ReadAsync(parsed.GetValue(report)!, parsed, server, cancellationToken);
            var before = parsed.GetValue(baseline) is { } name ? await ReportSource.ReadAsync(name, parsed, server, cancellationToken) : null;
            var result = GateJudge.Judge(source.Report, before?.Report, asked);
            if (parsed.GetValue(markdown) is { } file)
            {
                await WriteAsync(Path.GetFullPath(file), result, source.Page, cancellationToken);
            }

            GateText.Show(screen, result, parsed.GetValue(json));
            return result.State switch { GateState.Passed => ExitCode.Done, GateState.Failed => ExitCode.GateFailed, _ => ExitCode.Insufficient };
        });
        return command;
    }

    private static GateLimits Read(ParseResult parsed, Option<string?> thresholds, Dictionary<string, Option<string?>> limits, Option<bool> warn)
    {
        List<string> problems = [];
        var asked = new GateLimits();
        if (parsed.GetValue(thresholds) is { } file)
        {
            asked = asked.With(YamlFields.Read(file, "", GateLimits.Fields, problems), problems);
        }

        asked = asked.With(limits.Where(limit => parsed.GetValue(limit.Value) is not null).ToDictionary(limit => limit.Key, limit => new FieldValue(limit.Value.Name, [parsed.GetValue(limit.Value)!], "")), problems);
        return problems.Count > 0 ? throw new UserErrorException(problems) : parsed.GetValue(warn) ? asked with { WarnFails = true } : asked;
    }

    private static async Task WriteAsync(string file, GateResult result, string? page, CancellationToken cancellationToken)
    {
        try
        {
            var folder = Directory.CreateDirectory(Path.GetDirectoryName(file)!).FullName;
            await File.WriteAllTextAsync(file, GateText.Markdown(result, page is null ? null : Path.GetRelativePath(folder, page).Replace('\\', '/')), cancellationToken);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"'{file}' cannot be written: {failed.Message} Choose another --markdown.");
        }
    }

    private static Option<string?> Limit(string name, string description) => new(name) { Description = description, HelpName = "share" };
}
