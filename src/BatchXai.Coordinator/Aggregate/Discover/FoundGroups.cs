using BatchXai.Contracts.Reports;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>What was found of groups of heatmaps.</summary>
/// <param name="Report">What the report says.</param>
/// <param name="Scatter">Every class that was looked at, with places in a plane.</param>
internal sealed record FoundGroups(MapClusters Report, ClusterScatter Scatter);
