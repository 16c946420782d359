using System.Diagnostics;
using System.Globalization;

namespace BatchXai.Testing.Services;

/// <summary>A service as a process of this machine; <c>tests/services.sh</c> knows where the programs are and how they are started.</summary>
internal sealed class NativeInstance(Recipe recipe, IReadOnlyList<int> ports) : Instance
{
    private readonly string folder = Directory.CreateTempSubdirectory("batchxai-").FullName;
    private Process? process;

    public override string Provider => "native";

    /// <summary>Whether the program is installed or was fetched.</summary>
    public static Task<bool> CanRunAsync(Recipe recipe, CancellationToken cancellationToken) => AskAsync("has", recipe, cancellationToken);

    /// <summary>Fetches a program that <see cref="Recipe"/> names; whether that could be done.</summary>
    public static Task<bool> FetchAsync(Recipe recipe, CancellationToken cancellationToken) => AskAsync("fetch", recipe, cancellationToken);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        IEnumerable<string> numbers = [.. ports.Prepend(Environment.ProcessId).Select(number => number.ToString(CultureInfo.InvariantCulture))];
        var start = new ProcessStartInfo("bash", ["-c", "exec bash \"$0\" run \"$@\" >>\"$2.log\" 2>&1", FetchedProgram.Script, recipe.Name, folder, .. numbers]);
        foreach (var (name, value) in recipe.Environment)
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start);
        return Task.CompletedTask;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        if (process is { HasExited: false } running)
        {
            using var signal = Process.Start("kill", ["-TERM", running.Id.ToString(CultureInfo.InvariantCulture)]);
            await running.WaitForExitAsync(cancellationToken);
        }
    }

    public override async Task KillAsync(CancellationToken cancellationToken)
    {
        await SignalAsync("KILL", cancellationToken);
        await process!.WaitForExitAsync(cancellationToken);
    }

    public override Task PauseAsync(CancellationToken cancellationToken) => SignalAsync("STOP", cancellationToken);

    public override Task ContinueAsync(CancellationToken cancellationToken) => SignalAsync("CONT", cancellationToken);

    public override Task<int> ProcessIdAsync(CancellationToken cancellationToken) => Task.FromResult(process!.Id);

    public override async Task<string> LogAsync()
    {
        var log = File.Exists($"{folder}.log") ? await File.ReadAllTextAsync($"{folder}.log") : "";
        return log[^Math.Min(log.Length, 2000)..];
    }

    protected override Task RemoveAsync()
    {
        if (process is { HasExited: false } running)
        {
            running.Kill(entireProcessTree: true);
            running.WaitForExit();
        }

        process?.Dispose();
        Directory.Delete(folder, recursive: true);
        File.Delete($"{folder}.log");
        return Task.CompletedTask;
    }

    private static async Task<bool> AskAsync(string word, Recipe recipe, CancellationToken cancellationToken)
    {
        using var asked = Process.Start(new ProcessStartInfo("bash", [FetchedProgram.Script, word, recipe.Name]))!;
        await asked.WaitForExitAsync(cancellationToken);
        return asked.ExitCode == 0;
    }

    private async Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        using var sent = Process.Start("bash", [FetchedProgram.Script, "signal", signal, process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await sent.WaitForExitAsync(cancellationToken);
    }
}
