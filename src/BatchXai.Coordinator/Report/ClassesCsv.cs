using BatchXai.Contracts.Reports;

namespace BatchXai.Coordinator.Report;

/// <summary>classes.csv: one row for each class × method × target × kind of mask.</summary>
internal static class ClassesCsv
{
    private const string Header =
        "class,method,target,mask_kind,items,usable,accuracy,accuracy_low,accuracy_high,focus,focus_low,focus_high,focus_median,below_chance,"
        + "background_attention,background_by_chance,chance_energy,pointing_game,pointing_game_by_chance,border_share,corner_share,"
        + "corner_top_left_share,corner_top_right_share,corner_bottom_left_share,corner_bottom_right_share,padding_share,padding_by_chance,support\r\n";

    public static async Task WriteAsync(IReadOnlyList<ClassFigures> rows, TextWriter csv, CancellationToken cancellationToken)
    {
        await csv.WriteAsync(Header.AsMemory(), cancellationToken);
        var line = new CsvLine();
        foreach (var row in rows)
        {
            foreach (var focus in row.Focus.Cast<FocusFigures?>().DefaultIfEmpty(null))
            {
                Add(line, row, focus);
                await csv.WriteAsync(line.End().AsMemory(), cancellationToken);
            }
        }
    }

    private static void Add(CsvLine line, ClassFigures row, FocusFigures? focus) => line
        .Text(row.Class).Text(row.Method).Text(row.Target).Text(Wording.Kind(focus?.MaskKind ?? default)).Number(row.Items).Number(focus?.Usable ?? 0)
        .Number(row.Accuracy.Value).Number(row.Accuracy.Low).Number(row.Accuracy.High)
        .Number(focus?.Focus.Value).Number(focus?.Focus.Low).Number(focus?.Focus.High).Number(focus?.MedianFocus).Number(focus?.BelowChance?.Value)
        .Number(focus?.BackgroundAttention.Value).Number(focus?.BackgroundAttention.Chance).Number(focus?.ChanceEnergy)
        .Number(focus?.PointingGame?.Value).Number(focus?.PointingGameByChance)
        .Number(row.Zones.Border.Value).Number(row.Zones.Corner.Value).Number(row.Zones.Corners?.TopLeft.Value).Number(row.Zones.Corners?.TopRight.Value)
        .Number(row.Zones.Corners?.BottomLeft.Value).Number(row.Zones.Corners?.BottomRight.Value).Number(row.Zones.Padding.Value).Number(row.Zones.Padding.Chance)
        .Text(focus?.Support switch { Support.Interval => "interval", Support.Greyed => "greyed", _ => "pictures_only" });
}
