using System.Diagnostics;
using System.Globalization;

namespace BatchXai.Testing;

/// <summary>A program that lies beside the tests, in a process of its own; it is killed when disposed.</summary>
public sealed class StartedProgram : IDisposable
{
    /// <param name="name">Its file name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="variables">Environment variables that are added.</param>
    public StartedProgram(string name, IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        // Where the tests themselves were started in the background, SIGINT is ignored, and would be by the program too.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", Path.Combine(AppContext.BaseDirectory, name), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[PrivateState.Variable] = PrivateState.Folder;
        foreach (var (variable, value) in variables)
        {
            start.Environment[variable] = value;
        }

        Process = Process.Start(start)!;
    }

    /// <summary>The process.</summary>
    public Process Process { get; }

    /// <summary>What it writes; who does not read it stops it in the end.</summary>
    public StreamReader Output => Process.StandardOutput;

    /// <summary>What it writes as errors.</summary>
    public StreamReader Errors => Process.StandardError;

    /// <summary>SIGTERM, as an orchestrator sends it.</summary>
    public void Terminate() => Process.Start("kill", ["-TERM", Process.Id.ToString(CultureInfo.InvariantCulture)])!.WaitForExit();

    /// <summary>Waits for the end; returns the exit code.</summary>
    public async Task<int> EndAsync(CancellationToken ct)
    {
        await Process.WaitForExitAsync(ct);
        return Process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!Process.HasExited)
        {
            Process.Kill();
            Process.WaitForExit();
        }

        Process.Dispose();
    }
}
