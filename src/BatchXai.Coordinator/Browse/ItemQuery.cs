namespace BatchXai.Coordinator.Browse;

/// <summary>Items of one audit, seen through one method × target: the rows of its heatmaps, and items that have no heatmap at all.</summary>
/// <param name="AuditId">The audit.</param>
/// <param name="Method">Name of the method.</param>
/// <param name="Target">"predicted" or "label".</param>
public sealed record ItemQuery(Guid AuditId, string Method, string Target)
{
    /// <summary>Which items.</summary>
    public ItemFilter Filter { get; init; } = new();

    /// <summary>Only items that this finds too, whatever heatmaps it looks at; null: whatever.</summary>
    public ItemQuery? Cohort { get; init; }

    /// <summary>In which order.</summary>
    public ItemSort Sort { get; init; }

    /// <summary>The largest first. Items without a value come last either way.</summary>
    public bool Descending { get; init; }

    /// <summary>The conditions that hold of the very heatmaps that are seen: those of the filter, and of a cohort that looks at the same.</summary>
    internal IEnumerable<ItemFilter> OfSeen => Cohort is { } cohort && (!cohort.Filter.AsksMeasures || (cohort.Method == Method && cohort.Target == Target)) ? [Filter, cohort.Filter] : [Filter];
}
