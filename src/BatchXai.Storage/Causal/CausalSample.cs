using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Datasets;

namespace BatchXai.Storage.Causal;

/// <summary>Which items take part in an audit's causal tests.</summary>
public static class CausalSample
{
    /// <summary>So many items take part, about, when they are sampled.</summary>
    public const int Size = 2_000;

    /// <summary>Whether something says where the item's object is.</summary>
    public static bool HasObject(DatasetItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Mask is not null || item.Boxes is { Count: > 0 };
    }

    /// <summary>The share of the items with objects that take part, 0 … 1.</summary>
    /// <param name="choice">What the request says.</param>
    /// <param name="withObject">Items of which something says where the object is.</param>
    public static double Share(CausalChoice choice, long withObject) => choice switch
    {
        CausalChoice.Off => 0,
        CausalChoice.Full => 1,
        _ => withObject <= Size ? 1 : (double)Size / withObject,
    };

    /// <summary>Whether an item takes part: the same in every run.</summary>
    public static bool Includes(AuditPlan plan, DatasetItem item)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return HasObject(item) && SeededChoice.Uniform(plan.Request.Seed, "causal item", item.Index) < plan.CausalShare;
    }
}
