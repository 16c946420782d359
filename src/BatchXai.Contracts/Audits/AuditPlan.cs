using BatchXai.Contracts.Models;

namespace BatchXai.Contracts.Audits;

/// <summary>Everything that a worker must know to explain any shard of an audit; stored once as a blob, before the first shard.</summary>
public sealed record AuditPlan
{
    /// <summary>The audit.</summary>
    public required Guid AuditId { get; init; }

    /// <summary>The request, with every path absolute.</summary>
    public required AuditRequest Request { get; init; }

    /// <summary>What the inspection found.</summary>
    public required ModelDescription Model { get; init; }

    /// <summary>Folder below which the items' image paths lie.</summary>
    public required string ImageRoot { get; init; }

    /// <summary>Folder below which the items' mask paths lie; null: no masks.</summary>
    public string? MaskRoot { get; init; }

    /// <summary>Name of every model output, in order.</summary>
    public required IReadOnlyList<string> OutputNames { get; init; }

    /// <summary>Items in the manifest.</summary>
    public required long Items { get; init; }

    /// <summary>Share of the items with masks or boxes that take part in the causal tests, 0 … 1.</summary>
    public double CausalShare { get; init; }

    /// <summary>SHA-256 over the manifest, lower-case hexadecimal.</summary>
    public required string DatasetHash { get; init; }

    /// <summary>What planning warns of in the dataset, in plain words.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
