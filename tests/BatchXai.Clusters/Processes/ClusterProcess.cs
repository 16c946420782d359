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

    /// <summary>The memory that it holds, MiB.</summary>
    public double Memory => Status("VmRSS:");

    /// <summary>The most memory that it has held so far, MiB.</summary>
    public double PeakMemory => Status("VmHWM:");

    /// <param name="name">How the test calls it.</param>
    /// <param name="program">File name beside the tests.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="settings">Environment variables that are added.</param>
    /// <param name="processor">The only processor that it may use; null: any.</param>
    public static ClusterProcess Start(string name, string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings, int? processor = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        IEnumerable<string> words = [Path.Combine(AppContext.BaseDirectory, program), .. arguments];
        if (processor is { } only)
        {
            words = ["taskset", "--cpu-list", only.ToString(CultureInfo.InvariantCulture), .. words];
        }

        var start = new ProcessStartInfo(words.First(), words.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
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

    private double Status(string name)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(text => text.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
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
