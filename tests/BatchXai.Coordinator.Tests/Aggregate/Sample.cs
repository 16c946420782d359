using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Datasets;
using BatchXai.Contracts.Models;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Aggregate;
using Xunit;

namespace BatchXai.Coordinator.Tests.Aggregate;

/// <summary>Hand-made plans and rows.</summary>
internal static class Sample
{
    public static AuditPlan Plan(long items, params IReadOnlyList<string> methods) => new()
    {
        AuditId = Guid.Parse("11111111-2222-3333-4444-555555555555"),
        ImageRoot = "images",
        OutputNames = ["cat", "dog"],
        Items = items,
        DatasetHash = new string('d', 64),
        Request = new AuditRequest
        {
            Name = "Cats",
            Methods = methods.Count == 0 ? [MethodNames.GradCam] : methods,
            Model = new ModelSpec { Path = "models/cats.onnx" },
            Dataset = new DatasetSpec { Path = "data/cats" },
            Seed = 3,
        },
        Model = new ModelDescription
        {
            Hash = new string('e', 64),
            Opset = 17,
            Operators = [],
            Input = "input",
            Channels = 3,
            Height = 32,
            Width = 32,
            Scores = "logits",
            ScoreKind = ScoreKind.Softmax,
            Classes = 2,
            Layer = new LayerDescription("relu5", "Relu", 8, 4, 4),
            CandidateLayers = [],
            LinearHead = true,
        },
    };

    /// <summary>A usable heatmap: the object covers a quarter of the view and holds the share <paramref name="energy"/> of the attention; E₀ is .5.</summary>
    public static ItemResult Map(long item, double energy, string? label = "cat", bool? correct = true, double confidence = 0.9) => new()
    {
        Item = item,
        ItemId = $"{label}/{item}.png",
        Label = label,
        Split = "all",
        Outcome = ItemOutcome.Explained,
        Predicted = 0,
        PredictedName = "cat",
        Confidence = confidence,
        Correct = correct,
        Method = MethodNames.GradCam,
        Target = "predicted",
        TargetOutput = 0,
        Status = HeatmapStatus.Ok,
        MaskStatus = MaskStatus.Ok,
        MaskKind = MaskKind.Mask,
        MapRow = (int)item,
        Measures = new FocusMeasures
        {
            ObjectArea = 0.25,
            BackgroundAttention = 1 - energy,
            ChanceEnergy = 0.5,
            Focus = (energy - 0.5) / 0.5,
            Lift = energy / 0.25,
            PointingGame = energy > 0.5 ? 1 : 0,
            PointingGameByChance = 0.3,
            RankAccuracy = energy,
            AreaMatchedIou = energy / (2 - energy),
            AttentionIouObject = energy,
            AttentionIouBackground = 1 - energy,
            PixelAuc = energy,
            AveragePrecision = energy,
            CentreShare = 0.6,
            BorderShare = 0.2,
            CornerShare = 0.05,
            CornerTopLeftShare = 0.02,
            CornerTopRightShare = 0.01,
            CornerBottomLeftShare = 0.015,
            CornerBottomRightShare = 0.005,
            EffectiveArea = 0.5,
            Gini = 0.4,
            NegativeShare = 0.1,
        },
    };

    public static ItemResult Zero(long item) => Map(item, 0.5) with
    {
        Outcome = ItemOutcome.NoPositiveEvidence,
        Status = HeatmapStatus.ZeroHeatmap,
        Measures = new FocusMeasures(),
    };

    public static ItemResult Unreadable(long item) => new()
    {
        Item = item,
        ItemId = $"cat/{item}.png",
        Label = "cat",
        Split = "all",
        Outcome = ItemOutcome.Unreadable,
        Detail = "truncated JPEG",
    };

    public static Task<OverfittingReport> BuildAsync(IReadOnlyList<ItemResult> rows, long? items = null, params IReadOnlyList<string> methods) =>
        ReportBuilder.BuildAsync(
            new ReportInputs { Plan = Plan(items ?? rows.Select(row => row.Item).Distinct().Count(), methods), CreatedAt = DateTimeOffset.UnixEpoch },
            Stream(rows),
            AsyncEnumerable.Empty<CausalResult>(),
            TestContext.Current.CancellationToken);

    public static Task<OverfittingReport> BuildAsync(IReadOnlyList<ItemResult> rows, IEnumerable<CausalResult> causal) =>
        ReportBuilder.BuildAsync(new ReportInputs { Plan = Plan(rows.Count), CreatedAt = DateTimeOffset.UnixEpoch }, Stream(rows), Stream(causal), TestContext.Current.CancellationToken);

    public static async IAsyncEnumerable<T> Stream<T>(IEnumerable<T> rows)
    {
        foreach (var row in rows)
        {
            await Task.CompletedTask;
            yield return row;
        }
    }
}
