using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace BatchXai.Onnx.Tests.Fuzzing;

/// <summary>Damaged models end in errors that say so, never in another exception, a crash, a hang or a process without bounds.</summary>
public sealed partial class FuzzTests(ITestOutputHelper output)
{
    private const int Trials = 10_000;
    private const long MostMegabytes = 800;

    [Fact]
    public async Task Seeds_Undamaged_AllRun()
    {
        var (exitCode, printed) = await FuzzProgram.RunAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken, "seeds");

        Assert.True(exitCode == 0, printed);
        Assert.True(printed.Split('\n').Count(line => line.Contains(": ran", StringComparison.Ordinal)) >= 20, printed);
    }

    [Fact]
    public async Task DamagedModels_EndInForeseenErrors()
    {
        var ends = await Task.WhenAll(CampaignAsync(0), CampaignAsync(Trials));

        Assert.All(ends, end => Assert.True(end.ExitCode == 0, end.Output));
        Assert.All(ends, end => Assert.InRange(long.Parse(Peak().Match(end.Output).Groups[1].ValueSpan, CultureInfo.InvariantCulture), 1, MostMegabytes));
        foreach (var end in ends)
        {
            output.WriteLine(end.Output);
        }
    }

    private static async Task<(int? ExitCode, string Output)> CampaignAsync(int first)
    {
        var state = Path.GetTempFileName();
        try
        {
            var (exitCode, printed) = await FuzzProgram.RunAsync(TimeSpan.FromMinutes(10), TestContext.Current.CancellationToken, "fuzz", $"{Trials}", $"{first}", state);
            return (exitCode, $"{printed}\nlast trial {await File.ReadAllTextAsync(state, TestContext.Current.CancellationToken)}(BatchXai.Fuzz show TRIAL prints it)");
        }
        finally
        {
            File.Delete(state);
        }
    }

    [GeneratedRegex(@"^peak (\d+) MB", RegexOptions.Multiline)]
    private static partial Regex Peak();
}
