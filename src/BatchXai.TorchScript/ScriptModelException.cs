namespace BatchXai.TorchScript;

/// <summary>A file cannot be explained as a TorchScript model. The message says what, where and what to do.</summary>
public sealed class ScriptModelException(ScriptProblem problem, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The kind of problem.</summary>
    public ScriptProblem Problem { get; } = problem;
}
