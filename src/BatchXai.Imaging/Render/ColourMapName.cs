namespace BatchXai.Imaging;

/// <summary>The colour maps on offer: perceptually uniform ones only, since others (jet) show edges that are not in the data.</summary>
public enum ColourMapName
{
    /// <summary>Dark violet, green, yellow.</summary>
    Viridis,

    /// <summary>Black, red, yellow.</summary>
    Inferno,

    /// <summary>Blue, grey, yellow; looks the same with a red-green colour deficiency.</summary>
    Cividis,
}
