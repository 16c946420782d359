namespace BatchXai.Attribution.Measures;

/// <summary>State of the object mask at the grid of one heatmap. Only <see cref="Ok"/> has measures that compare map and mask.</summary>
public enum ObjectMaskStatus
{
    /// <summary>Part object, part background.</summary>
    Ok,

    /// <summary>There is no mask.</summary>
    NoMask,

    /// <summary>No object cell: p = 0.</summary>
    EmptyMask,

    /// <summary>No background left: p ≥ 1 − 1/N for a grid of N cells.</summary>
    FullMask,
}
