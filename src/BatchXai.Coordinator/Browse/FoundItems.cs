using BatchXai.Coordinator.Data;

namespace BatchXai.Coordinator.Browse;

/// <summary>One page of a list of items.</summary>
/// <param name="Rows">The rows, in order.</param>
/// <param name="Before">Where the page before ends; null: this is the first.</param>
/// <param name="After">Where the next page begins; null: this is the last.</param>
public sealed record FoundItems(IReadOnlyList<ItemRow> Rows, ItemCursor? Before, ItemCursor? After);
