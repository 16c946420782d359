using BatchXai.Contracts.Shards;

namespace BatchXai.Coordinator.Observe;

/// <summary>How full the pipeline is. What is unknown is left out.</summary>
internal sealed record PipelineState(IReadOnlyDictionary<string, long> Depths, IReadOnlyDictionary<ShardState, long> Shards, long? Workers)
{
    public static PipelineState Unknown { get; } = new(new Dictionary<string, long>(), new Dictionary<ShardState, long>(), null);
}
