using BatchXai.Contracts.Results;
using BatchXai.Storage.Artifacts;
using Xunit;

namespace BatchXai.Storage.Tests.Artifacts;

/// <summary>Tables of several shards are written and read at the same time in one process: none may see another's values.</summary>
public sealed class SideBySideTests
{
    private const int Rounds = 300;

    [Fact]
    public async Task Tables_ComeBackAsWritten()
    {
        var ct = TestContext.Current.CancellationToken;
        await Parallel.ForAsync(0, 8 * Rounds, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = ct }, async (round, stop) =>
        {
            var rows = round % 2 == 0 ? 150 : 1 + (round * 37 % 150);
            var items = Enumerable.Range(0, rows).Select(i => Item(round, i)).ToList();
            var causal = Enumerable.Range(0, round % 2 == 0 ? 500 : rows).Select(i => Causal(round, i)).ToList();
            using var first = new MemoryStream();
            using var second = new MemoryStream();
            await ItemsParquet.WriteAsync(first, items, stop);
            await CausalParquet.WriteAsync(second, causal, stop);
            (first.Position, second.Position) = (0, 0);
            Assert.Equal(items, await ItemsParquet.ReadAsync(first, stop).ToListAsync(stop));
            Assert.Equal(causal, await CausalParquet.ReadAsync(second, stop).ToListAsync(stop));
        });
    }

    private static ItemResult Item(int round, int i) => new()
    {
        Item = i,
        ItemId = $"{round}/{i}.png",
        Label = round % 3 == 0 ? null : "disc",
        Split = "all",
        Group = round % 5 == 0 ? $"g{i % 7}" : null,
        Outcome = ItemOutcome.Explained,
        Predicted = i,
        PredictedName = "4",
        Confidence = round % 4 == 0 ? null : i / 7.0,
        Correct = i % 2 == 0,
        Method = "cam",
        Target = "predicted",
        MapRow = i,
    };

    private static CausalResult Causal(int round, int i) => new()
    {
        Item = i,
        Label = "disc",
        Split = "all",
        Group = round % 6 == 0 ? "g" : null,
        MaskKind = MaskKind.Mask,
        Test = CausalTest.Placebo,
        Fill = CausalFill.Blur,
        Status = CausalStatus.Ok,
        Predicted = i,
    };
}
