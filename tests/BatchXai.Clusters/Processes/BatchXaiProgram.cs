using System.Diagnostics;

namespace BatchXai.Clusters.Processes;

/// <summary>The real program in a process of its own, as a person starts it.</summary>
public sealed class BatchXaiProgram : IDisposable
{
    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> errors;

    private BatchXaiProgram(IEnumerable<string> arguments, (string Name, string Value)? variable = null)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "batchxai"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NO_COLOR"] = "1";
        if (variable is var (name, value))
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start)!;
        output = process.StandardOutput.ReadToEndAsync();
        errors = process.StandardError.ReadToEndAsync();
    }

    public static BatchXaiProgram Start(params string[] arguments) => new(arguments);

    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(CancellationToken ct, params string[] arguments)
    {
        using var program = Start(arguments);
        return await program.EndAsync(ct);
    }

    /// <summary>With one more environment variable.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunWithAsync((string Name, string Value) variable, string[] arguments, CancellationToken ct)
    {
        using var program = new BatchXaiProgram(arguments, variable);
        return await program.EndAsync(ct);
    }

    public async Task<(int ExitCode, string Output, string Errors)> EndAsync(CancellationToken ct)
    {
        await process.WaitForExitAsync(ct);
        return (process.ExitCode, await output, await errors);
    }

    public void Kill() => process.Kill();

    /// <summary>SIGINT, as Ctrl-C sends it.</summary>
    public void Interrupt() => process.Send(Signal.Interrupt);

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }
}
