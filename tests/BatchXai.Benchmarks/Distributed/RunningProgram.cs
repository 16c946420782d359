using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace BatchXai.Benchmarks.Distributed;

/// <summary>A program of ours as a process of its own. What it writes is kept, and it is killed in the end.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder log = new();

    public RunningProgram(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> settings, int? processor)
    {
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

        process = new Process { StartInfo = start };
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Kill();
    }

    public string Log
    {
        get
        {
            lock (log)
            {
                return log.ToString();
            }
        }
    }

    public int ProcessId => process.Id;

    public bool IsRunning => !process.HasExited;

    /// <summary>The most memory that it has held so far, MiB.</summary>
    public double PeakMemory
    {
        get
        {
            var line = File.ReadLines($"/proc/{process.Id}/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
            return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        }
    }

    /// <summary>Waits for its end; gives its exit code.</summary>
    public async Task<int> EndAsync(CancellationToken ct)
    {
        await process.WaitForExitAsync(ct);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await process.WaitForExitAsync();
    }

    private void Kill()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (log)
        {
            log.AppendLine(line.Data);
        }
    }
}
