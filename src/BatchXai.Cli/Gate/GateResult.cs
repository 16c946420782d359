namespace BatchXai.Cli.Gate;

/// <summary>What a gate says.</summary>
internal enum GateState
{
    /// <summary>Nothing that was asked for is violated.</summary>
    Passed,

    /// <summary>Too little evidence to judge.</summary>
    Insufficient,

    /// <summary>A limit is violated.</summary>
    Failed,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Scope">"all items", or the name of a class.</param>
/// <param name="Rule">What was looked at.</param>
/// <param name="State">What it leads to.</param>
/// <param name="Figure">The figure with its interval, in words.</param>
/// <param name="Reason">Why, in plain words.</param>
internal sealed record GateCheck(string Scope, string Rule, GateState State, string Figure, string Reason);

/// <summary>The answer of a gate.</summary>
/// <param name="State">The answer.</param>
/// <param name="Audit">Name of the audit.</param>
/// <param name="Verdict">The report's verdict in one sentence; null: the report has none.</param>
/// <param name="Baseline">Name of the audit that it was held against; null: none.</param>
/// <param name="Checks">What was looked at, the gravest first.</param>
/// <param name="Notes">What should be known besides.</param>
internal sealed record GateResult(GateState State, string Audit, string? Verdict, string? Baseline, IReadOnlyList<GateCheck> Checks, IReadOnlyList<string> Notes);
