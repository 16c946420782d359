using BatchXai.Contracts.Shards;

namespace BatchXai.Coordinator.Data;

/// <summary>Shards by what may still happen to them.</summary>
internal static class ShardSets
{
    /// <summary>Those under a lease that counts: a message is on its way, or a run goes on.</summary>
    public static IQueryable<ShardRow> InFlight(this IQueryable<ShardRow> shards) => shards.Where(shard => shard.State == ShardState.Dispatched || shard.State == ShardState.Running);

    /// <summary>Those that are to be run or are being run.</summary>
    public static IQueryable<ShardRow> Open(this IQueryable<ShardRow> shards) =>
        shards.Where(shard => shard.State == ShardState.Pending || shard.State == ShardState.Dispatched || shard.State == ShardState.Running);
}
