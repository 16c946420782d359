using System.Diagnostics;

namespace BatchXai.Onnx.Tests.Fuzzing;

/// <summary>The fuzz program as a process of its own, which may die or hang without harm to the tests.</summary>
internal static class FuzzProgram
{
    /// <summary>Runs it to its end, or for as long as it may take.</summary>
    /// <returns>The exit code, null when it had to be killed, and what it printed.</returns>
    public static async Task<(int? ExitCode, string Output)> RunAsync(TimeSpan longest, CancellationToken cancellationToken, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "BatchXai.Fuzz"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("the fuzz program did not start");
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(longest);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (null, await output + await errors);
        }

        return (process.ExitCode, await output + await errors);
    }
}
