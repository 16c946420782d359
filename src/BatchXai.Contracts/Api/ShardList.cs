using BatchXai.Contracts.Shards;

namespace BatchXai.Contracts.Api;

/// <summary>One page of an audit's shards, by number.</summary>
/// <param name="Shards">The shards.</param>
/// <param name="Next">Give it as <c>after</c> to get the next page; null: this is the last.</param>
public sealed record ShardList(IReadOnlyList<ShardView> Shards, int? Next);

/// <summary>One shard.</summary>
/// <param name="Number">Number in the audit, from 0.</param>
/// <param name="State">Where it stands.</param>
/// <param name="FirstItem">Place of its first item in the dataset.</param>
/// <param name="Items">Items in it.</param>
/// <param name="ItemsDone">Items that its latest run has finished.</param>
/// <param name="ItemsFailed">Of those, items that could not be explained.</param>
/// <param name="Attempt">Leases given so far.</param>
/// <param name="Deaths">Runs that ended without a word.</param>
/// <param name="Worker">Worker that runs or ran it.</param>
/// <param name="Error">Why the latest run failed.</param>
public sealed record ShardView(int Number, ShardState State, long FirstItem, int Items, int ItemsDone, int ItemsFailed, int Attempt, int Deaths, string? Worker, string? Error);
