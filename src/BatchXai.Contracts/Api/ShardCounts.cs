namespace BatchXai.Contracts.Api;

/// <summary>How many shards of an audit are in each state.</summary>
/// <param name="Pending">Waiting to be published.</param>
/// <param name="Dispatched">On their way to a worker.</param>
/// <param name="Running">Being explained.</param>
/// <param name="Done">Counted.</param>
/// <param name="Failed">Given up.</param>
/// <param name="Split">Replaced by smaller shards.</param>
/// <param name="Cancelled">Cancelled with their audit.</param>
public sealed record ShardCounts(int Pending, int Dispatched, int Running, int Done, int Failed, int Split, int Cancelled);
