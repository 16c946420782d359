namespace BatchXai.Attribution.Measures;

/// <summary>
/// Measures of the order of a map's cells. Values rank with their sign: evidence against the class comes last. Cells with the same value have no order among
/// them, so each takes the average part of its tie. A soft mask counts a cell as object by m and as background by 1 − m.
/// </summary>
/// <param name="RankAccuracy">Relevance rank accuracy (Arras et al. 2022): the share of object among as many highest cells as the object has, Σ m.</param>
/// <param name="PixelAuc">Area under the ROC curve (Mann and Whitney 1947, midranks): the chance that a cell of the object is higher than one of the background.</param>
/// <param name="AveragePrecision">Mean of the precision at the cells of the object, from the highest down; cells of a tie have the precision at its end.</param>
internal readonly record struct RankMeasures(double RankAccuracy, double PixelAuc, double AveragePrecision)
{
    /// <summary>|B ∩ m| / |B ∪ m| where B is as many highest cells as the object has: rank accuracy R as intersection over union, R/(2 − R).</summary>
    internal double AreaMatchedIou => RankAccuracy / (2 - RankAccuracy);

    /// <summary>Of cells that hold both object and background.</summary>
    internal static RankMeasures Of(RankedCells ranked)
    {
        var cells = ranked.Ascending;
        double size = 0;
        foreach (var cell in cells)
        {
            size += RankedCells.Object(cell);
        }

        double seen = 0, found = 0, within = 0, wins = 0, precision = 0;
        for (var high = cells.Length - 1; high >= 0;)
        {
            var (low, share) = (high, 0.0);
            for (; low >= 0 && RankedCells.AreTied(cells[low], cells[high]); low--)
            {
                share += RankedCells.Object(cells[low]);
            }

            double tied = high - low;
            var backgroundBelow = cells.Length - size - (seen - found) - (tied - share);
            wins += share * (backgroundBelow + ((tied - share) / 2));
            within += share * Math.Clamp((size - seen) / tied, 0, 1);
            (seen, found, high) = (seen + tied, found + share, low);
            precision += share * found / seen;
        }

        // A share may exceed 1 by rounding.
        return new(Math.Min(within / size, 1), Math.Clamp(wins / (size * (cells.Length - size)), 0, 1), Math.Min(precision / size, 1));
    }

    /// <summary>
    /// Gini index of a⁺ (Hurley and Rickard 2009; Chalasani et al. 2020): Σ (2i − N − 1) a⁺₍ᵢ₎ / (N Σ a⁺) over the N values in ascending order; 0 for a uniform
    /// map, 1 − 1/N for a single cell. Of a map with positive mass.
    /// </summary>
    internal static double Gini(RankedCells ranked)
    {
        var cells = ranked.Ascending;
        double weighted = 0, sum = 0;
        for (var rank = cells.Length - 1; rank >= 0 && RankedCells.Value(cells[rank]) is > 0 and var value; rank--)
        {
            weighted += ((2.0 * rank) + 1 - cells.Length) * value;
            sum += value;
        }

        return weighted / (cells.Length * sum);
    }
}
