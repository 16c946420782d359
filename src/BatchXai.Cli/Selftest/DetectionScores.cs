using BatchXai.Contracts.Results;
using BatchXai.Storage.Artifacts;

namespace BatchXai.Cli.Selftest;

/// <summary>What the rows of one audit say about its model, each figure turned so that more means more suspicion. Nothing here comes from the making of the model.</summary>
/// <param name="Usable">Share of heatmaps that could be measured, 0 … 1.</param>
/// <param name="Accuracy">Accuracy on the items, 0 … 1; null: no label.</param>
/// <param name="Values">Name of the score → value; null: fewer than 10 items have it.</param>
internal sealed record DetectionScores(double Usable, double? Accuracy, IReadOnlyDictionary<string, double?> Values)
{
    /// <summary>− mean κ: the score by attribution that the bars are about.</summary>
    public const string Focus = "focus κ";

    /// <summary>Raw background attention, not corrected for anything.</summary>
    public const string BackgroundAttention = "background attention";

    private const int Fewest = 10;
    private const double Confident = .9;

    /// <summary>Reads the rows of all shards in an audit's output folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="split">Only items of this split.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<DetectionScores> ReadAsync(string folder, string split, CancellationToken cancellationToken)
    {
        var rows = new List<ItemResult>();
        foreach (var path in Directory.EnumerateFiles(folder, "items.parquet", SearchOption.AllDirectories))
        {
            await using var file = File.OpenRead(path);
            rows.AddRange(await ItemsParquet.ReadAsync(file, cancellationToken).ToListAsync(cancellationToken));
        }

        // A shard that was run twice has its rows twice, the same ones.
        var items = rows.Where(row => row.Split == split).DistinctBy(row => (row.Item, row.Method, row.Target)).ToList();
        return Of(items, await CausalScores.ReadAsync(folder, split, cancellationToken));
    }

    /// <summary>The scores by attribution, from rows of one method, with those of the causal tests beside.</summary>
    public static DetectionScores Of(IReadOnlyList<ItemResult> rows, IReadOnlyDictionary<string, double?> causal)
    {
        var all = rows.Where(row => row.Target == "predicted").ToList();
        var usable = all.Where(IsUsable).ToList();
        var wrong = usable.Where(row => row.Correct == false).ToList();
        var labels = rows.Where(row => row.Target == "label" && IsUsable(row)).ToDictionary(row => row.Item, row => row.Measures.Focus);
        var sure = usable.Where(row => row.Confidence >= Confident).ToList();
        return new((double)usable.Count / all.Count, Mean(all, row => row.Correct is { } right ? right ? 1 : 0 : null), new Dictionary<string, double?>(causal)
        {
            [Focus] = -Mean(usable, row => row.Measures.Focus),
            [BackgroundAttention] = Mean(usable, row => row.Measures.BackgroundAttention),
            ["lift"] = -Mean(usable, row => row.Measures.Lift),
            ["pointing game"] = -Mean(usable, row => row.Measures.PointingGame),
            ["rank accuracy"] = -Mean(usable, row => row.Measures.RankAccuracy),
            ["area-matched IoU"] = -Mean(usable, row => row.Measures.AreaMatchedIou),
            ["Attention-IoU, object"] = -Mean(usable, row => row.Measures.AttentionIouObject),
            ["Attention-IoU, background"] = Mean(usable, row => row.Measures.AttentionIouBackground),
            ["pixel AUC"] = -Mean(usable, row => row.Measures.PixelAuc),
            ["average precision"] = -Mean(usable, row => row.Measures.AveragePrecision),
            ["κ, lowest tenth"] = -LowestTenth(usable),
            ["κ of wrong predictions"] = -Mean(wrong, row => row.Measures.Focus),
            ["κ of the label − κ of the wrong prediction"] = Mean(wrong, row => labels.GetValueOrDefault(row.Item) - row.Measures.Focus),
            ["share of confident predictions with κ < 0"] = Mean(sure, row => row.Measures.Focus is { } focus ? focus < 0 ? 1 : 0 : null),
        });
    }

    private static bool IsUsable(ItemResult row) => row is { Status: HeatmapStatus.Ok, MaskStatus: MaskStatus.Ok, MaskKind: MaskKind.Mask };

    private static double? Mean(IEnumerable<ItemResult> rows, Func<ItemResult, double?> value)
    {
        var values = rows.Select(value).OfType<double>().ToList();
        return values.Count < Fewest ? null : values.Average();
    }

    private static double? LowestTenth(List<ItemResult> rows)
    {
        var values = rows.Select(row => row.Measures.Focus).OfType<double>().Order().ToList();
        return values.Count < Fewest ? null : values[values.Count / 10];
    }
}
