using System.Text.Json;
using BatchXai.Onnx.Torch;

namespace BatchXai.TorchScript.Probe;

/// <summary>The part of a probe that runs in a process of its own.</summary>
public static class ScriptProbeChild
{
    /// <summary>Tries a model and writes what it found to a file.</summary>
    /// <param name="arguments">What <see cref="ScriptProbe"/> put behind the arguments of the <see cref="ProbeCommand"/>.</param>
    /// <returns>Exit code: 0 when the file was written.</returns>
    public static int Run(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (arguments.Count != ProbeJob.ArgumentCount + 2 || !long.TryParse(arguments[^2], out var memory))
        {
            return 2;
        }

        ProcessLimits.Apply(memory);
        File.WriteAllText(arguments[^1], JsonSerializer.Serialize(Report(ProbeJob.FromArguments(arguments))));
        return 0;
    }

    private static ProbeReport Report(ProbeJob job)
    {
        try
        {
            return ModelTrial.Run(job);
        }
        catch (ScriptModelException failure)
        {
            return new ProbeReport { Error = failure.Message, Problem = TorchMemory.WasShort(failure.Message) ? ScriptProblem.OutOfMemory : failure.Problem };
        }
        catch (LibTorchUnavailableException absent)
        {
            return new ProbeReport { Error = absent.Message, Problem = ScriptProblem.Failed };
        }
    }
}
