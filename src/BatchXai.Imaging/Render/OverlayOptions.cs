namespace BatchXai.Imaging;

/// <summary>How an overlay looks.</summary>
public sealed record OverlayOptions
{
    /// <summary>Colours of the heatmap.</summary>
    public ColourMapName Map { get; init; } = ColourMapName.Viridis;

    /// <summary>Share of the heatmap in the mixture with the picture, 0 … 1.</summary>
    public double Opacity { get; init; } = 0.5;
}
