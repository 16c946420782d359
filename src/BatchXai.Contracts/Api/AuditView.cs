using BatchXai.Contracts.Audits;

namespace BatchXai.Contracts.Api;

/// <summary>Where one audit stands.</summary>
public sealed record AuditView
{
    /// <summary>The audit's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Name given by the person.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public required AuditState State { get; init; }

    /// <summary>Items in the dataset; 0 until planned.</summary>
    public required long Items { get; init; }

    /// <summary>Items that have ended, whatever their outcome.</summary>
    public required long Done { get; init; }

    /// <summary>Of those, items that could not be explained.</summary>
    public required long Failed { get; init; }

    /// <summary>How many shards are in each state.</summary>
    public required ShardCounts Shards { get; init; }

    /// <summary>Items that ended per second since the audit was planned; null: not yet.</summary>
    public double? ItemsPerSecond { get; init; }

    /// <summary>Why it failed, in plain words.</summary>
    public string? Error { get; init; }

    /// <summary>What was found odd in model and dataset, in plain words; empty until planned.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Share of the workers relative to other audits, 1 to 100.</summary>
    public required int Weight { get; init; }

    /// <summary>When it was submitted.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its shards were ready.</summary>
    public DateTimeOffset? PlannedAt { get; init; }

    /// <summary>When it reached a final state.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether nothing more happens to it by itself.</summary>
    public bool HasEnded => State.IsFinal();
}
