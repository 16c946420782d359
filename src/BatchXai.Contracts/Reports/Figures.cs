using BatchXai.Contracts.Results;

namespace BatchXai.Contracts.Reports;

/// <summary>A share of items with its 95 % Wilson interval.</summary>
/// <param name="Successes">Items that count; may be fractional where ties share credit.</param>
/// <param name="N">Items looked at.</param>
/// <param name="Value">Successes / N; null when N is 0.</param>
/// <param name="Low">Lower bound; null when N is 0.</param>
/// <param name="High">Upper bound; null when N is 0.</param>
public sealed record Proportion(double Successes, long N, double? Value, double? Low, double? High);

/// <summary>A mean with its 95 % bootstrap interval.</summary>
/// <param name="N">Values in the mean.</param>
/// <param name="Value">The mean; null when there are fewer than 10 values.</param>
/// <param name="Low">Lower bound; null when there are fewer than 30 values.</param>
/// <param name="High">Upper bound; null when there are fewer than 30 values.</param>
public sealed record MeanFigure(long N, double? Value, double? Low, double? High);

/// <summary>A mean beside its chance level, both over the same values.</summary>
/// <param name="N">Values in the mean.</param>
/// <param name="Value">The mean; null when there are fewer than 10 values.</param>
/// <param name="Chance">Mean of what chance would give; null when there are fewer than 10 values or chance is not defined.</param>
public sealed record BesideChance(long N, double? Value, double? Chance);

/// <summary>Focus of one group of heatmaps on objects that are all marked in the same way: masks and boxes are never mixed.</summary>
public sealed record FocusFigures
{
    /// <summary>What says where the object is.</summary>
    public required MaskKind MaskKind { get; init; }

    /// <summary>Usable heatmaps: status ok and mask ok.</summary>
    public required long Usable { get; init; }

    /// <summary>What <see cref="Usable"/> allows to be said.</summary>
    public required Support Support { get; init; }

    /// <summary>Focus κ; by chance 0, perfect 1.</summary>
    public required MeanFigure Focus { get; init; }

    /// <summary>Median κ; null when there are fewer than 10 values.</summary>
    public double? MedianFocus { get; init; }

    /// <summary>Share of heatmaps with κ below 0: less on the object than chance. Null when there are fewer than 10 values.</summary>
    public Proportion? BelowChance { get; init; }

    /// <summary>Background attention BAR beside 1 − p.</summary>
    public required BesideChance BackgroundAttention { get; init; }

    /// <summary>Mean E₀, the share on the object that chance would give for maps of this shape and objects of this size.</summary>
    public double? ChanceEnergy { get; init; }

    /// <summary>Mean E₀ exceeds .6: objects lie where any map would, so that location and object cannot be told apart here.</summary>
    public bool LocationConfounded { get; init; }

    /// <summary>Lift E/p; by chance 1.</summary>
    public required BesideChance Lift { get; init; }

    /// <summary>Pointing game: share of heatmaps whose maximum lies on the object. Null when there are fewer than 10 values.</summary>
    public Proportion? PointingGame { get; init; }

    /// <summary>Mean chance of the pointing game.</summary>
    public double? PointingGameByChance { get; init; }
}

/// <summary>Mean share of attention in the fixed zones of the view, each beside its area. Needs no mask.</summary>
/// <param name="Maps">Heatmaps with status ok.</param>
/// <param name="Centre">Central box of half the area.</param>
/// <param name="Border">Outer ring, a tenth of the side wide.</param>
/// <param name="Corner">The four corner squares, a fifth of the side wide.</param>
/// <param name="Padding">Letterbox padding, over the items that have some.</param>
/// <param name="Corners">Each corner square apart; null in a report from before they were.</param>
public sealed record ZoneFigures(long Maps, BesideChance Centre, BesideChance Border, BesideChance Corner, BesideChance Padding, CornerFigures? Corners = null);

/// <summary>Mean share of attention in each corner square, a fifth of the side wide, beside its area.</summary>
/// <param name="TopLeft">At the top left.</param>
/// <param name="TopRight">At the top right.</param>
/// <param name="BottomLeft">At the bottom left.</param>
/// <param name="BottomRight">At the bottom right.</param>
public sealed record CornerFigures(BesideChance TopLeft, BesideChance TopRight, BesideChance BottomLeft, BesideChance BottomRight);
