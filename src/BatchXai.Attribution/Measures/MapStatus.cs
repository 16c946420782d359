namespace BatchXai.Attribution.Measures;

/// <summary>State of one heatmap. Only <see cref="Ok"/> has measures; the others are counted, never averaged in as 0 or 1.</summary>
public enum MapStatus
{
    /// <summary>Finite, with positive mass.</summary>
    Ok,

    /// <summary>No positive value anywhere (frequent after the ReLU of Grad-CAM).</summary>
    ZeroHeatmap,

    /// <summary>NaN or infinity somewhere.</summary>
    NonFinite,
}
