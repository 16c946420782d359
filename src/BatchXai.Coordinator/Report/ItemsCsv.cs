using System.Text.Json;
using BatchXai.Contracts.Results;

namespace BatchXai.Coordinator.Report;

/// <summary>items.csv: one row for each item × method × target, with the column names of items.parquet.</summary>
internal static class ItemsCsv
{
    private const string Header =
        "item,item_id,label,split,group,metadata,outcome,detail,predicted,predicted_name,confidence,correct,method,target,target_output,status,"
        + "mask_status,mask_kind,maximum,positive_mass,object_area,background_attention,chance_energy,focus,lift,log_odds_lift,pointing_game,"
        + "pointing_game_by_chance,rank_accuracy,area_matched_iou,attention_iou_object,attention_iou_background,pixel_auc,average_precision,instance_coverage,"
        + "centre_share,border_share,corner_share,corner_top_left_share,corner_top_right_share,corner_bottom_left_share,corner_bottom_right_share,"
        + "padding_share,padding_area,effective_area,gini,negative_share\r\n";

    public static async Task WriteAsync(IAsyncEnumerable<ItemResult> rows, TextWriter csv, CancellationToken cancellationToken)
    {
        await csv.WriteAsync(Header.AsMemory(), cancellationToken);
        var line = new CsvLine();
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            AddItem(line, row);
            AddMap(line, row);
            AddMeasures(line, row.Measures);
            await csv.WriteAsync(line.End().AsMemory(), cancellationToken);
        }
    }

    private static void AddItem(CsvLine line, ItemResult row) => line
        .Number(row.Item).Text(row.ItemId).Text(row.Label).Text(row.Split).Text(row.Group).Text(row.Metadata).Text(Name(row.Outcome)).Text(row.Detail)
        .Number(row.Predicted).Text(row.PredictedName).Number(row.Confidence).Flag(row.Correct);

    private static void AddMap(CsvLine line, ItemResult row) => line
        .Text(row.Method).Text(row.Target).Number(row.TargetOutput).Text(Name(row.Status))
        .Text(Name(row.MaskStatus)).Text(Name(row.MaskKind)).Number(row.Maximum).Number(row.PositiveMass);

    private static void AddMeasures(CsvLine line, FocusMeasures measures) => line
        .Number(measures.ObjectArea).Number(measures.BackgroundAttention).Number(measures.ChanceEnergy).Number(measures.Focus)
        .Number(measures.Lift).Number(measures.LogOddsLift).Number(measures.PointingGame).Number(measures.PointingGameByChance)
        .Number(measures.RankAccuracy).Number(measures.AreaMatchedIou).Number(measures.AttentionIouObject).Number(measures.AttentionIouBackground)
        .Number(measures.PixelAuc).Number(measures.AveragePrecision).Number(measures.InstanceCoverage)
        .Number(measures.CentreShare).Number(measures.BorderShare).Number(measures.CornerShare)
        .Number(measures.CornerTopLeftShare).Number(measures.CornerTopRightShare).Number(measures.CornerBottomLeftShare).Number(measures.CornerBottomRightShare)
        .Number(measures.PaddingShare).Number(measures.PaddingArea).Number(measures.EffectiveArea).Number(measures.Gini).Number(measures.NegativeShare);

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
