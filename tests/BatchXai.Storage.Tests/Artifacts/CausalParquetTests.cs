using BatchXai.Contracts.Results;
using BatchXai.Storage.Artifacts;
using Xunit;

namespace BatchXai.Storage.Tests.Artifacts;

public sealed class CausalParquetTests
{
    private static readonly CausalResult Full = new()
    {
        Item = long.MaxValue,
        Label = "ü,\"\n🦩",
        Split = "val",
        Group = "",
        MaskKind = MaskKind.Boxes,
        Test = CausalTest.MixedRand,
        Fill = CausalFill.Blur,
        Status = CausalStatus.NonFinite,
        Donor = 1L << 40,
        CorrectBefore = true,
        ProbabilityBefore = .25,
        Predicted = 7,
        Confidence = .5,
        Correct = false,
        Probability = 1.0 / 3,
        Flipped = true,
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WriteRead_NullsAndEveryColumn_ComeBack()
    {
        CausalResult[] rows = [Full, new() { Item = 0, Split = "all", MaskKind = MaskKind.Mask, Test = CausalTest.Placebo, Fill = CausalFill.Diffusion, Status = CausalStatus.NoDonor }, Full with { Group = null, Donor = null }];

        Assert.Equal(rows, await RoundTripAsync(rows));
        Assert.Empty(await RoundTripAsync([]));
    }

    [Fact]
    public async Task Read_TableOfItems_IsRefused()
    {
        using var file = new MemoryStream();
        await ItemsParquet.WriteAsync(file, [], Ct);
        file.Position = 0;

        var error = await Assert.ThrowsAsync<InvalidDataException>(async () => await CausalParquet.ReadAsync(file, Ct).ToListAsync(Ct));

        Assert.Contains("Causal rows of version none", error.Message, StringComparison.Ordinal);
    }

    private static async Task<List<CausalResult>> RoundTripAsync(IReadOnlyList<CausalResult> rows)
    {
        using var file = new MemoryStream();
        await CausalParquet.WriteAsync(file, rows, Ct);
        file.Position = 0;
        return await CausalParquet.ReadAsync(file, Ct).ToListAsync(Ct);
    }
}
