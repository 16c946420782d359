namespace BatchXai.Contracts.Reports;

/// <summary>
/// What a class's heatmaps look at that those of the other classes do not, by the fixed zones of the view: finds watermarks, frames and letterbox bars without any
/// mask. One comparison for each method × target.
/// </summary>
public sealed record ZoneComparison
{
    /// <summary>Name of the method.</summary>
    public required string Method { get; init; }

    /// <summary>"predicted" or "label".</summary>
    public required string Target { get; init; }

    /// <summary>Classes with enough heatmaps to be compared: at least 50, beside at least 50 of the others.</summary>
    public required int Compared { get; init; }

    /// <summary>Classes with fewer: nothing is said about them, and they count among the others only.</summary>
    public required int TooFew { get; init; }

    /// <summary>Tests made: compared classes × zones. The findings' false discovery rate is held over all of them.</summary>
    public required int Tests { get; init; }

    /// <summary>The findings, the strongest first.</summary>
    public required IReadOnlyList<ZoneFinding> Findings { get; init; }
}

/// <summary>A class that draws a zone of the view far more than the other classes do.</summary>
public sealed record ZoneFinding
{
    /// <summary>The finding in plain words: two sentences.</summary>
    public required string Sentence { get; init; }

    /// <summary>The class: the items' label, or for unlabelled items the predicted class.</summary>
    public required string Class { get; init; }

    /// <summary>The zone.</summary>
    public required ViewZone Zone { get; init; }

    /// <summary>Heatmaps of the class.</summary>
    public required long Maps { get; init; }

    /// <summary>Heatmaps of all other classes.</summary>
    public required long OtherMaps { get; init; }

    /// <summary>Mean share of the class's attention in the zone, 0 … 1.</summary>
    public required double Share { get; init; }

    /// <summary>The same of the other classes.</summary>
    public required double OthersShare { get; init; }

    /// <summary>The zone's area, for padding its mean over the class's heatmaps: what chance would give.</summary>
    public required double Chance { get; init; }

    /// <summary>Share divided by the others' share; null when theirs is 0.</summary>
    public double? Times { get; init; }

    /// <summary>Odds of the class's share, beside the zone's own, over the same of the others: the order of the findings. Null when their share is 0, or the class's 1.</summary>
    public double? OddsRatio { get; init; }

    /// <summary>Cliff's δ of the class's heatmaps against the others', .33 … 1.</summary>
    public required double Delta { get; init; }

    /// <summary>One-sided permutation p of the difference of the means.</summary>
    public required double P { get; init; }

    /// <summary>The same adjusted for all tests of the comparison (Benjamini and Hochberg 1995), at most .05.</summary>
    public required double AdjustedP { get; init; }
}

/// <summary>A fixed zone of the model's view.</summary>
public enum ViewZone
{
    /// <summary>Central box of half the area.</summary>
    Centre,

    /// <summary>Outer ring, a tenth of the side wide.</summary>
    Border,

    /// <summary>Corner square at the top left, a fifth of the side wide.</summary>
    TopLeft,

    /// <summary>Corner square at the top right.</summary>
    TopRight,

    /// <summary>Corner square at the bottom left.</summary>
    BottomLeft,

    /// <summary>Corner square at the bottom right.</summary>
    BottomRight,

    /// <summary>Letterbox padding.</summary>
    Padding,
}
