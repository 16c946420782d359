using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using BatchXai.TorchScript.Execution;

namespace BatchXai.TorchScript.Probe;

/// <summary>Tries a model in a process of its own: an error while torch reads its code ends the process that does it.</summary>
internal sealed class ScriptProbe(ProbeCommand command, ProbeLimits limits, TimeProvider time)
{
    private const int MostOutput = 1 << 16;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    /// <exception cref="ScriptModelException">The model cannot be loaded or run within the limits.</exception>
    internal async Task<ProbeReport> RunAsync(ProbeJob job, CancellationToken cancel)
    {
        var answer = Path.Combine(Path.GetTempPath(), $"batchxai-probe-{Guid.NewGuid():N}.json");
        try
        {
            var output = await RunChildAsync(job, answer, cancel);
            if (!File.Exists(answer))
            {
                throw Advised(ScriptProblem.Crashed, job, $"torch ended the process that loaded it: {output}");
            }

            var report = JsonSerializer.Deserialize<ProbeReport>(await File.ReadAllTextAsync(answer, cancel))!;
            return report.Error is null ? report : throw Advised(report.Problem, job, report.Error);
        }
        finally
        {
            File.Delete(answer);
        }
    }

    /// <summary>What the child printed when it failed.</summary>
    private async Task<string> RunChildAsync(ProbeJob job, string answer, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(command.Program) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in command.Arguments.Concat(job.ToArguments()).Append(limits.Memory.ToString(CultureInfo.InvariantCulture)).Append(answer))
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command.Program} did not start.");
        process.StandardInput.Close();
        var printed = HeadAsync(process.StandardOutput);
        var errors = HeadAsync(process.StandardError);
        try
        {
            await WatchAsync(process, job, cancel);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        await printed;
        var code = process.ExitCode;
        return TorchMessage.OfAbort(await errors) ?? string.Create(CultureInfo.InvariantCulture, $"exit code {code}");
    }

    private async Task WatchAsync(Process process, ProbeJob job, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        var exit = process.WaitForExitAsync(cancel);
        while (await Task.WhenAny(exit, Task.Delay(BetweenLooks, time, cancel)) != exit)
        {
            cancel.ThrowIfCancellationRequested();
            if (time.GetElapsedTime(started) > limits.Time)
            {
                throw Advised(ScriptProblem.TimedOut, job, string.Create(CultureInfo.InvariantCulture, $"it did not finish one image within {limits.Time.TotalSeconds:0.#} seconds."));
            }

            if (Resident(process) > limits.Memory)
            {
                throw Advised(ScriptProblem.OutOfMemory, job, string.Create(CultureInfo.InvariantCulture, $"it took more than {limits.Memory >> 20} MiB of memory for one image."));
            }
        }

        await exit;
    }

    /// <summary>Bytes in memory; 0 once it has ended, which it may do at any instruction here.</summary>
    private static long Resident(Process process)
    {
        try
        {
            process.Refresh();
            return process.WorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    /// <summary>The first part of a stream; the rest is read too, so that the child never waits, and thrown away.</summary>
    private static async Task<string> HeadAsync(StreamReader reader)
    {
        var head = new StringBuilder();
        var piece = new char[4096];
        for (int read; (read = await reader.ReadAsync(piece)) > 0;)
        {
            head.Append(piece, 0, Math.Min(read, MostOutput - head.Length));
        }

        return head.ToString();
    }

    private static ScriptModelException Advised(ScriptProblem problem, ProbeJob job, string reason)
    {
        var next = reason.Contains("Unknown builtin op", StringComparison.Ordinal) || reason.Contains("Unknown type name", StringComparison.Ordinal) ? "It uses an operator that torch alone does not have. Export the model to ONNX instead."
            : problem is ScriptProblem.Failed ? string.Create(CultureInfo.InvariantCulture, $"Check that it takes images of {job.Channels}×{job.Height}×{job.Width}.")
            : "Check that it loads with torch.jit.load in PyTorch 2.10, or export ONNX.";
        return new ScriptModelException(problem, $"The TorchScript model was tried in a process of its own: {reason.TrimEnd()} {next}");
    }
}
