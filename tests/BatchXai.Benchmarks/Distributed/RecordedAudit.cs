using System.Globalization;
using System.Text;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Datasets;
using BatchXai.Contracts.Models;
using BatchXai.Contracts.Results;
using BatchXai.Storage.Artifacts;

namespace BatchXai.Benchmarks.Distributed;

/// <summary>An audit whose dataset is a manifest alone, and what a worker would have found: numbers drawn by the item's place, so that every run is the same.</summary>
/// <param name="folder">Holds the manifest, the model and the results.</param>
/// <param name="items">Items in the manifest.</param>
internal sealed class RecordedAudit(string folder, int items)
{
    private const int Classes = 100;

    /// <summary>What a person would ask for. The shard size is the default.</summary>
    public AuditRequest Request { get; } = new()
    {
        Name = $"{items:N0} items",
        Model = new() { Path = Path.Combine(folder, "recorded.onnx") },
        Dataset = new DatasetSpec { Path = Path.Combine(folder, "items.jsonl") },
        Overlays = OverlayChoice.None,
    };

    /// <summary>What the inspection of the model answers.</summary>
    public static ModelDescription Model { get; } = new()
    {
        Hash = new string('0', 64),
        Opset = 17,
        Operators = [new("Conv", 1), new("GlobalAveragePool", 1), new("Gemm", 1)],
        Input = "input",
        Channels = 3,
        Height = 224,
        Width = 224,
        Scores = "scores",
        ScoreKind = ScoreKind.Softmax,
        Classes = Classes,
        Layer = Layer,
        CandidateLayers = [Layer],
        LinearHead = true,
    };

    public int Items => items;

    public int Shards => (items + Request.ShardSize - 1) / Request.ShardSize;

    private static LayerDescription Layer => new("features", "Conv", 1280, 7, 7);

    /// <summary>Writes the manifest, and a file that stands for the model.</summary>
    public async Task WriteManifestAsync(CancellationToken ct)
    {
        await File.WriteAllTextAsync(Request.Model.Path, "recorded", ct);
        await File.WriteAllTextAsync(Path.Combine(folder, Name(0)), "", ct); // A manifest of which no image exists at all is refused.
        await using var lines = new StreamWriter(Request.Dataset.Path, append: false, new UTF8Encoding(false), 1 << 16);
        for (int item = 0; item < items; item++)
        {
            await lines.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"path":"{{Name(item)}}","label":"{{item % Classes}}","split":"{{(item % 5 == 0 ? "val" : "train")}}"}"""));
        }
    }

    /// <summary>Writes the results of every shard, before anything is measured.</summary>
    public Task WriteResultsAsync(CancellationToken ct) => Parallel.ForEachAsync(Enumerable.Range(0, Shards), ct, async (shard, stop) =>
    {
        var first = shard * Request.ShardSize;
        List<ItemResult> rows = [.. Enumerable.Range(first, Math.Min(Request.ShardSize, items - first)).Select(Result)];
        await using var file = File.Create(ResultsOf(shard));
        await ItemsParquet.WriteAsync(file, rows, stop);
    });

    /// <summary>The prepared rows of a shard.</summary>
    public string ResultsOf(int shard) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"results-{shard:D6}.parquet"));

    private static string Name(int item) => string.Create(CultureInfo.InvariantCulture, $"{item:D7}.jpg");

    /// <summary>What a worker would have found for an item.</summary>
    public static ItemResult Result(int item)
    {
        var random = new Random(item);
        var (area, energy) = (0.1 + (0.6 * random.NextDouble()), 0.2 + (0.7 * random.NextDouble()));
        var predicted = random.NextDouble() < 0.8 ? item % Classes : random.Next(Classes);
        return new()
        {
            Item = item,
            ItemId = Name(item),
            Label = (item % Classes).ToString(CultureInfo.InvariantCulture),
            Split = item % 5 == 0 ? "val" : "train",
            Outcome = ItemOutcome.Explained,
            Predicted = predicted,
            PredictedName = predicted.ToString(CultureInfo.InvariantCulture),
            Confidence = random.NextDouble(),
            Correct = predicted == item % Classes,
            Method = MethodNames.GradCam,
            Target = "predicted",
            TargetOutput = predicted,
            Status = HeatmapStatus.Ok,
            MaskStatus = MaskStatus.Ok,
            MaskKind = MaskKind.Mask,
            Maximum = 10 * random.NextDouble(),
            PositiveMass = 100 * random.NextDouble(),
            Measures = new()
            {
                ObjectArea = area,
                BackgroundAttention = 1 - energy,
                ChanceEnergy = area,
                Focus = (energy - area) / (1 - area),
                Lift = energy / area,
                LogOddsLift = Math.Log(energy / (1 - energy)) - Math.Log(area / (1 - area)),
                PointingGame = random.Next(2),
                PointingGameByChance = area,
                RankAccuracy = energy,
                AreaMatchedIou = energy / (2 - energy),
                AttentionIouObject = random.NextDouble(),
                AttentionIouBackground = random.NextDouble(),
                PixelAuc = random.NextDouble(),
                AveragePrecision = random.NextDouble(),
                CentreShare = random.NextDouble(),
                BorderShare = random.NextDouble(),
                CornerShare = random.NextDouble(),
                CornerTopLeftShare = random.NextDouble(),
                CornerTopRightShare = random.NextDouble(),
                CornerBottomLeftShare = random.NextDouble(),
                CornerBottomRightShare = random.NextDouble(),
                PaddingShare = 0,
                PaddingArea = 0,
                EffectiveArea = random.NextDouble(),
                Gini = random.NextDouble(),
                NegativeShare = random.NextDouble(),
            },
        };
    }
}
