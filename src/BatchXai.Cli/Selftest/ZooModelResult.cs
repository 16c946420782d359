using System.Text.Json.Serialization;

namespace BatchXai.Cli.Selftest;

/// <summary>What was found about one model.</summary>
internal sealed record ZooModelResult
{
    /// <summary>The model and what it relies on.</summary>
    public required MadeModel Made { get; init; }

    /// <summary>What the audit says.</summary>
    public required DetectionScores Audit { get; init; }

    /// <summary>What its report concludes.</summary>
    public required AuditVerdict Verdict { get; init; }

    /// <summary>What the audit of a clean model says on objects of half the area; null for other models.</summary>
    public DetectionScores? SmallObjects { get; init; }

    /// <summary>What that report concludes.</summary>
    public AuditVerdict? SmallVerdict { get; init; }

    /// <summary>What a report without causal tests concludes about a model whose cue maps cannot show; null for other models.</summary>
    public AuditVerdict? MapsOnly { get; init; }

    /// <summary>Seconds of all its audits.</summary>
    public required double AuditSeconds { get; init; }

    /// <summary>The model.</summary>
    [JsonIgnore]
    public ZooModel Model => Made.Model;

    /// <summary>The verified label.</summary>
    public ReliesOn ReliesOn => Made.Reliance.Verified(Model.IsCleanByDesign);
}
