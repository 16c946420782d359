namespace BatchXai.Coordinator.Front.Clusters;

/// <summary>What an address chooses.</summary>
/// <param name="Class">The class; null: the first.</param>
/// <param name="Cluster">Number of a group, from 0; null: none.</param>
/// <param name="Items">Single items; empty: none.</param>
public sealed record ClusterChoice(string? Class, int? Cluster, IReadOnlyList<long> Items);
