using System.Text.Json;
using BatchXai.Cli.Output;
using BatchXai.Contracts;
using BatchXai.Coordinator.Report;

namespace BatchXai.Cli.Selftest;

/// <summary>The benchmark from nothing to its results files.</summary>
internal static class SelftestRun
{
    /// <summary>Runs a profile in a folder, or continues it there; writes <c>results.json</c> and <c>results.md</c>.</summary>
    /// <exception cref="UserErrorException">The folder cannot be used, torch cannot be loaded, or an audit failed.</exception>
    public static async Task<SelftestResult> RunAsync(Screen screen, string output, ZooProfile profile, TimeProvider time, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        using var run = new ZooRun(screen, new ZooFolder(output), profile);
        var models = await run.RunAsync(cancellationToken);
        var result = SelftestResult.Of(profile, models, time.GetUtcNow(), time.GetElapsedTime(start));
        await File.WriteAllTextAsync(Path.Combine(output, "results.json"), JsonSerializer.Serialize(result, ReportJson.Options), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(output, "results.md"), SelftestMarkdown.Write(result), cancellationToken);
        return result;
    }
}
