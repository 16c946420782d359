using BatchXai.Cli.Output;
using BatchXai.Cli.Selftest;

namespace BatchXai.Benchmarks;

/// <summary>The planted-shortcut benchmark in its full profile; run again with the same folder, it continues.</summary>
internal static class Zoo
{
    public static async Task<int> RunAsync(string folder, CancellationToken cancellationToken)
    {
        var (screen, output) = (Screen.OfProcess(), Path.GetFullPath(folder));
        var result = await SelftestRun.RunAsync(screen, output, ZooProfile.Full, TimeProvider.System, cancellationToken);
        SelftestResultText.Show(screen, result, output, json: false);
        return result.Holds ? 0 : 1;
    }
}
