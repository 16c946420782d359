using System.Diagnostics;
using System.Globalization;

namespace BatchXai.Testing.Services;

/// <summary>A service as a process of this machine; <c>tests/services.sh</c> knows where the programs are and how they are started.</summary>
internal sealed class NativeInstance(Recipe recipe, IReadOnlyList<int> ports) : Instance
{
    private readonly string _folder = Directory.CreateTempSubdirectory("batchxai-").FullName;
    private Process? _process;

    public override string Provider => "native";

    private static string Script => Path.Combine(Checkout.Root ?? throw new InvalidOperationException("The tests run outside a checkout: tests/services.sh is not here."), "tests", "services.sh");

    /// <summary>Whether the program is installed or was fetched.</summary>
    public static async Task<bool> CanRunAsync(Recipe recipe, CancellationToken cancellationToken)
    {
        using var asked = Process.Start(new ProcessStartInfo("bash", [Script, "has", recipe.Name]))!;
        await asked.WaitForExitAsync(cancellationToken);
        return asked.ExitCode == 0;
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        IEnumerable<string> numbers = [.. ports.Prepend(Environment.ProcessId).Select(number => number.ToString(CultureInfo.InvariantCulture))];
        _process = Process.Start(new ProcessStartInfo("bash", ["-c", "exec bash \"$0\" run \"$@\" >>\"$2.log\" 2>&1", Script, recipe.Name, _folder, .. numbers]));
        return Task.CompletedTask;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_process is { HasExited: false } running)
        {
            using var signal = Process.Start("kill", ["-TERM", running.Id.ToString(CultureInfo.InvariantCulture)]);
            await running.WaitForExitAsync(cancellationToken);
        }
    }

    public override async Task KillAsync(CancellationToken cancellationToken)
    {
        await SignalAsync("KILL", cancellationToken);
        await _process!.WaitForExitAsync(cancellationToken);
    }

    public override Task PauseAsync(CancellationToken cancellationToken) => SignalAsync("STOP", cancellationToken);

    public override Task ContinueAsync(CancellationToken cancellationToken) => SignalAsync("CONT", cancellationToken);

    public override async Task<string> LogAsync()
    {
        var log = File.Exists($"{_folder}.log") ? await File.ReadAllTextAsync($"{_folder}.log") : "";
        return log[^Math.Min(log.Length, 2000)..];
    }

    protected override Task RemoveAsync()
    {
        if (_process is { HasExited: false } running)
        {
            running.Kill(entireProcessTree: true);
            running.WaitForExit();
        }

        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
        File.Delete($"{_folder}.log");
        return Task.CompletedTask;
    }

    private async Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        using var sent = Process.Start("bash", [Script, "signal", signal, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await sent.WaitForExitAsync(cancellationToken);
    }
}
