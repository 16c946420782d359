namespace BatchXai.Attribution.Measures;

/// <summary>Measures where the positive evidence of a heatmap lies. Pure arithmetic on spans in double precision; thread-safe.</summary>
public static class FocusMeasurer
{
    /// <summary>Measures one heatmap at its own grid: heatmaps are never upsampled to be measured, the mask is shrunk to the map instead.</summary>
    /// <param name="map">Raw signed heatmap, height × width values, row by row.</param>
    /// <param name="height">Grid height h, at least 1.</param>
    /// <param name="width">Grid width w, at least 1.</param>
    /// <param name="mask">Soft object mask at the map's grid (area averages in 0 … 1); empty: there is none.</param>
    /// <param name="bank">Masks of other items, for the chance level; null, or fewer than 20 usable ones: shifts of the item's own mask.</param>
    /// <param name="item">The item's place in the dataset: its own mask in the bank is left out.</param>
    /// <param name="paddingCoverage">Share of each cell that is letterbox padding, 0 … 1; empty: no padding is measured.</param>
    /// <exception cref="ArgumentException">A span is not height × width long, or a mask or coverage value lies outside 0 … 1.</exception>
    public static HeatmapMeasures Measure(
        ReadOnlySpan<float> map,
        int height,
        int width,
        ReadOnlySpan<float> mask,
        MaskBank? bank,
        long item,
        ReadOnlySpan<float> paddingCoverage)
    {
        CheckSizes(map, height, width, mask, paddingCoverage);
        var totals = MapTotals.Of(map);
        var area = mask.IsEmpty ? 0 : MeanShare(mask, nameof(mask));
        var measures = new HeatmapMeasures
        {
            MapStatus = totals.Status,
            ObjectMaskStatus = StatusOf(mask, area),
            PaddingArea = paddingCoverage.IsEmpty ? null : MeanShare(paddingCoverage, nameof(paddingCoverage)),
            Maximum = totals.Status == MapStatus.NonFinite ? null : totals.Maximum,
            PositiveMass = totals.Status == MapStatus.NonFinite ? null : totals.Positive,
        };
        if (totals.Status == MapStatus.Ok)
        {
            measures = WithZones(measures, map, height, width, totals, paddingCoverage);
            measures = WithRanks(measures, map, mask);
        }

        return measures.ObjectMaskStatus == ObjectMaskStatus.Ok
            ? WithObject(measures, map, height, width, mask, area, totals, bank, item)
            : measures;
    }

    private static HeatmapMeasures WithZones(
        HeatmapMeasures measures, ReadOnlySpan<float> map, int height, int width, MapTotals totals, ReadOnlySpan<float> padding)
    {
        var zones = Zones.Shares(map, height, width);
        return measures with
        {
            CentreShare = zones.Centre,
            BorderShare = zones.Border,
            CornerShare = zones.Corner,
            CornerTopLeftShare = zones.TopLeft,
            CornerTopRightShare = zones.TopRight,
            CornerBottomLeftShare = zones.BottomLeft,
            CornerBottomRightShare = zones.BottomRight,
            PaddingShare = padding.IsEmpty ? null : Energy.Inside(map, padding),
            EffectiveArea = totals.EffectiveArea(map),
            NegativeShare = totals.Negative / (totals.Positive + totals.Negative),
        };
    }

    private static HeatmapMeasures WithRanks(HeatmapMeasures measures, ReadOnlySpan<float> map, ReadOnlySpan<float> mask)
    {
        using var cells = RankedCells.Of(map, mask);
        measures = measures with { Gini = RankMeasures.Gini(cells) };
        if (measures.ObjectMaskStatus != ObjectMaskStatus.Ok)
        {
            return measures;
        }

        var ranks = RankMeasures.Of(cells);
        return measures with
        {
            RankAccuracy = ranks.RankAccuracy,
            AreaMatchedIou = ranks.AreaMatchedIou,
            PixelAuc = ranks.PixelAuc,
            AveragePrecision = ranks.AveragePrecision,
        };
    }

    private static HeatmapMeasures WithObject(
        HeatmapMeasures measures, ReadOnlySpan<float> map, int height, int width, ReadOnlySpan<float> mask, double area, MapTotals totals, MaskBank? bank, long item)
    {
        var dilated = PointingGame.Dilate(mask, height, width);
        measures = measures with { ObjectArea = area, PointingGameByChance = PointingGame.Area(dilated) };
        if (totals.Status != MapStatus.Ok)
        {
            return measures;
        }

        var energy = Energy.Inside(map, mask);
        var chance = ChanceEnergy.Of(map, height, width, mask, area, bank, item);
        var overlap = AttentionIou.Of(map, mask, totals.Positive);
        return measures with
        {
            BackgroundAttention = 1 - energy,
            ChanceEnergy = chance,
            Focus = chance is { } e0 and < ChanceEnergy.Cap ? (energy - e0) / (1 - e0) : null,
            Lift = energy / area,
            LogOddsLift = energy is > 0 and < 1 ? Logit(energy) - Logit(area) : null,
            PointingGame = PointingGame.Hit(map, dilated, (float)totals.Maximum),
            AttentionIouObject = overlap.Object,
            AttentionIouBackground = overlap.Background,
        };
    }

    private static ObjectMaskStatus StatusOf(ReadOnlySpan<float> mask, double area) => mask switch
    {
        { IsEmpty: true } => ObjectMaskStatus.NoMask,
        _ when area <= 0 => ObjectMaskStatus.EmptyMask,
        _ when area >= 1 - (1.0 / mask.Length) => ObjectMaskStatus.FullMask,
        _ => ObjectMaskStatus.Ok,
    };

    private static double Logit(double share) => Math.Log(share / (1 - share));

    private static double MeanShare(ReadOnlySpan<float> shares, string name)
    {
        double sum = 0;
        foreach (var share in shares)
        {
            // Written so that NaN fails too.
            if (!(share is >= 0 and <= 1.0001f))
            {
                throw new ArgumentException($"The {name} holds {share}; every value must be a share between 0 and 1.", name);
            }

            sum += share;
        }

        return sum / shares.Length;
    }

    private static void CheckSizes(ReadOnlySpan<float> map, int height, int width, ReadOnlySpan<float> mask, ReadOnlySpan<float> padding)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        var cells = (long)height * width;
        Check(map.Length, nameof(map));
        Check(mask.IsEmpty ? cells : mask.Length, nameof(mask));
        Check(padding.IsEmpty ? cells : padding.Length, nameof(padding));

        void Check(long length, string name)
        {
            if (length != cells)
            {
                throw new ArgumentException($"The {name} has {length} values; a {height}×{width} map has {cells}.", name);
            }
        }
    }
}
