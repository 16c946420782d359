namespace BatchXai.Contracts.Results;

/// <summary>How an item ended. Every item of the manifest has exactly one; the counts add up to the manifest.</summary>
public enum ItemOutcome
{
    /// <summary>At least one heatmap with evidence.</summary>
    Explained,

    /// <summary>The image could not be read: missing, truncated, refused format or over a limit.</summary>
    Unreadable,

    /// <summary>Heatmaps exist, but the item's mask could not be used (unreadable or of another size): no focus measures.</summary>
    MaskInvalid,

    /// <summary>Every heatmap is zero after the ReLU.</summary>
    NoPositiveEvidence,

    /// <summary>The item has no target: it is unlabelled, or its label maps to no output, and only the label was to be explained.</summary>
    NoTarget,

    /// <summary>The model gave NaN or infinity for this image.</summary>
    NonFinite,

    /// <summary>The item could not be explained for another reason; the detail says which.</summary>
    Failed,
}

/// <summary>State of one heatmap. Only <see cref="Ok"/> enters averages.</summary>
public enum HeatmapStatus
{
    /// <summary>Finite, with positive mass.</summary>
    Ok,

    /// <summary>No positive value anywhere.</summary>
    ZeroHeatmap,

    /// <summary>NaN or infinity somewhere.</summary>
    NonFinite,

    /// <summary>There is no heatmap: the item never reached the model, has no target, or has scores that are not finite.</summary>
    None,
}

/// <summary>State of the object mask of one item, at the grid of one heatmap.</summary>
public enum MaskStatus
{
    /// <summary>Part object, part background.</summary>
    Ok,

    /// <summary>The dataset has no mask and no box for this item.</summary>
    NoMask,

    /// <summary>The mask has no object pixel inside the model's view.</summary>
    EmptyMask,

    /// <summary>The mask covers everything: there is no background.</summary>
    FullMask,

    /// <summary>The mask could not be used.</summary>
    Invalid,
}

/// <summary>What says where the object is. Kept apart in every figure.</summary>
public enum MaskKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A pixel mask.</summary>
    Mask,

    /// <summary>Boxes.</summary>
    Boxes,
}
