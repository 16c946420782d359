using BatchXai.Contracts.Results;
using BatchXai.Storage.Artifacts;
using Parquet;
using Xunit;

namespace BatchXai.Storage.Tests.Artifacts;

public sealed class ItemsParquetTests
{
    private static readonly ItemResult Bare = new() { Item = 3, ItemId = "a/b.jpg", Split = "all", Outcome = ItemOutcome.Unreadable };

    private static readonly ItemResult Full = new()
    {
        Item = long.MaxValue,
        ItemId = "it's, \"so\"\nnew/🦩 ü.jpg",
        Label = "=cmd|' /C calc'!A0",
        Split = "val",
        Group = "",
        Metadata = "{\"camera\":\"north\"}",
        Outcome = ItemOutcome.NoPositiveEvidence,
        Detail = "why",
        Predicted = 7,
        PredictedName = "flamingo",
        Confidence = 0.1,
        Correct = false,
        Method = "gradcam",
        Target = "label",
        TargetOutput = 0,
        Status = HeatmapStatus.ZeroHeatmap,
        MaskStatus = MaskStatus.FullMask,
        MaskKind = MaskKind.Boxes,
        Maximum = -1e-300,
        PositiveMass = 1e300,
        MapRow = 255,
        Measures = new()
        {
            ObjectArea = 1.0 / 3,
            BackgroundAttention = 0,
            ChanceEnergy = .99,
            Focus = -99,
            Lift = 2,
            LogOddsLift = -3,
            PointingGame = 1,
            PointingGameByChance = .5,
            RankAccuracy = .11,
            AreaMatchedIou = .12,
            AttentionIouObject = .13,
            AttentionIouBackground = .14,
            PixelAuc = .15,
            AveragePrecision = .16,
            InstanceCoverage = .17,
            CentreShare = .1,
            BorderShare = .2,
            CornerShare = .3,
            CornerTopLeftShare = .31,
            CornerTopRightShare = .32,
            CornerBottomLeftShare = .33,
            CornerBottomRightShare = .34,
            PaddingShare = .4,
            PaddingArea = .6,
            EffectiveArea = .7,
            Gini = .75,
            NegativeShare = .8,
        },
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WriteRead_NullsAndEveryColumn_ComeBack()
    {
        ItemResult[] rows = [Bare, Full, Bare with { Item = 4, Correct = true }, Full with { Group = null }];

        Assert.Equal(rows, await ReadAsync(await WriteAsync(rows)));
    }

    [Fact]
    public void FullRow_LeavesNoPropertyOut()
    {
        Assert.All(typeof(ItemResult).GetProperties(), property => Assert.NotNull(property.GetValue(Full)));
        Assert.All(typeof(FocusMeasures).GetProperties(), property => Assert.NotNull(property.GetValue(Full.Measures)));
    }

    [Fact]
    public async Task WriteRead_EveryEnumValue_ComesBack()
    {
        var rows = Enum.GetValues<ItemOutcome>().Select(value => Bare with { Outcome = value })
            .Concat(Enum.GetValues<HeatmapStatus>().Select(value => Bare with { Status = value }))
            .Concat(Enum.GetValues<MaskStatus>().Select(value => Bare with { MaskStatus = value }))
            .Concat(Enum.GetValues<MaskKind>().Select(value => Bare with { MaskKind = value }))
            .ToArray();

        Assert.Equal(rows, await ReadAsync(await WriteAsync(rows)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20_000)]
    public async Task WriteRead_AnyNumberOfRows_ComeBack(int count)
    {
        var rows = Enumerable.Range(0, count).Select(i => (i % 2 == 0 ? Bare : Full) with { Item = i, Confidence = i % 3 == 0 ? null : i / 7.0 }).ToArray();

        Assert.Equal(rows, await ReadAsync(await WriteAsync(rows)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public async Task Write_NotFinite_BecomesNull(double value)
    {
        var rows = await ReadAsync(await WriteAsync([Full with { Maximum = value, Measures = Full.Measures with { Lift = value } }]));

        Assert.Equal(Full with { Maximum = null, Measures = Full.Measures with { Lift = null } }, Assert.Single(rows));
    }

    [Fact]
    public async Task Write_Stream_StaysOpenForTheCaller()
    {
        using var stream = new MemoryStream();
        await ItemsParquet.WriteAsync(stream, [Bare], Ct);
        stream.Position = 0;
        Assert.Single(await ItemsParquet.ReadAsync(stream, Ct).ToListAsync(Ct));

        Assert.True(stream.CanRead);
    }

    [Fact]
    public async Task Write_File_HasSnakeCaseColumnsTextEnumsAndVersion()
    {
        await using var reader = await ParquetReader.CreateAsync(new MemoryStream(await WriteAsync([Full])), cancellationToken: Ct);

        Assert.Equal("1", reader.CustomMetadata["batchxai.items.version"]);
        Assert.Contains("log_odds_lift", reader.Schema.DataFields.Select(field => field.Name));
        using var group = reader.OpenRowGroupReader(0);
        var outcome = new string[1];
        await group.ReadAsync(reader.Schema.FindDataField("outcome"), outcome, null, Ct);
        Assert.Equal("no_positive_evidence", outcome[0]);
    }

    [Fact]
    public async Task Read_NoParquet_SaysSo()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync([]));
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync("PAR1 is not enough of a Parquet file PAR1"u8.ToArray()));
    }

    private static async Task<byte[]> WriteAsync(IReadOnlyList<ItemResult> rows)
    {
        using var stream = new MemoryStream();
        await ItemsParquet.WriteAsync(stream, rows, Ct);
        return stream.ToArray();
    }

    private static async Task<List<ItemResult>> ReadAsync(byte[] bytes) => await ItemsParquet.ReadAsync(new MemoryStream(bytes), Ct).ToListAsync(Ct);
}
