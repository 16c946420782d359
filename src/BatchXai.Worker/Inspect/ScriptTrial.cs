using BatchXai.TorchScript.Probe;

namespace BatchXai.Worker.Inspect;

/// <summary>The process of its own in which a TorchScript archive is tried: the worker's program, started with an argument that only it knows.</summary>
public static class ScriptTrial
{
    internal const string Argument = "try-torchscript";

    /// <summary>Runs the trial when the arguments ask for one; null when they do not. Call it before anything else.</summary>
    public static int? Run(string[] arguments) => arguments is [Argument, .. var job] ? ScriptProbeChild.Run(job) : null;
}
