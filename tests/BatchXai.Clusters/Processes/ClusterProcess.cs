using System.Diagnostics;
using System.Globalization;

namespace BatchXai.Clusters.Processes;

/// <summary>A coordinator or a worker in a process of its own. Its output is kept; it is killed when disposed.</summary>
public sealed class ClusterProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly List<string> lines = [];
    private readonly Stopwatch clock = Stopwatch.StartNew();

    private ClusterProcess(string name, ProcessStartInfo start)
    {
        Name = name;
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
    }

    /// <summary>"worker 2": how the test calls it.</summary>
    public string Name { get; }

    public int Id => process.Id;

    /// <summary>How workers name themselves in the database.</summary>
    public string WorkerName => string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{process.Id}");

    public bool HasExited => process.HasExited;

    /// <summary>What it has written so far, each line after the seconds since its start.</summary>
    public string Log
    {
        get
        {
            lock (lines)
            {
                return string.Join('\n', lines);
            }
        }
    }

    public static ClusterProcess Start(string name, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, program), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        return new(name, start);
    }

    public void Send(Signal signal) => process.Send(signal);

    /// <summary>SIGKILL, and waits until it is gone.</summary>
    public async Task KillAsync(CancellationToken ct)
    {
        if (!process.HasExited)
        {
            process.Send(Signal.Kill);
        }

        await EndAsync(ct);
    }

    /// <summary>Waits for its end; gives its exit code (128 + signal when a signal ended it).</summary>
    public async Task<int> EndAsync(CancellationToken ct)
    {
        await process.WaitForExitAsync(ct);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        await KillAsync(CancellationToken.None);
        process.Dispose();
    }

    private void KillAtExit(object? sender, EventArgs e)
    {
        if (!process.HasExited)
        {
            process.Kill();
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (lines)
            {
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds,7:F2} {line}"));
            }
        }
    }
}
