using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Results;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>What a report says about the audit besides its results.</summary>
public sealed record ReportInputs
{
    /// <summary>The plan: request, model, dataset.</summary>
    public required AuditPlan Plan { get; init; }

    /// <summary>When the report is made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Seconds by stage, summed over all workers.</summary>
    public IReadOnlyDictionary<string, double> StageSeconds { get; init; } = new Dictionary<string, double>();

    /// <summary>The device that ran the model, in words.</summary>
    public string Device { get; init; } = "CPU";

    /// <summary>The sanity checks; null: they were not run.</summary>
    public SanityResult? Sanity { get; init; }

    /// <summary>Component → version.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; init; } = new Dictionary<string, string>();

    /// <summary>What planning warned of; the model's own warnings are added.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
