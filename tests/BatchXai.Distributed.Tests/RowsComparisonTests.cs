using BatchXai.Clusters.Comparison;
using BatchXai.Contracts.Results;
using Xunit;

namespace BatchXai.Distributed.Tests;

/// <summary>The judge of all other tests sees what they are to show.</summary>
public sealed class RowsComparisonTests
{
    private static readonly ItemResult[] Rows = [Row(0), Row(1), Row(2)];

    [Fact]
    public void Same_rows_in_any_order_and_at_any_place_of_their_file_are_the_same() =>
        Assert.True(RowsComparison.Of(Rows, Rows.Reverse().Select(row => row with { MapRow = 7 })).Same);

    [Fact]
    public void Missing_row_is_lost()
    {
        var found = RowsComparison.Of(Rows, Rows[1..]);
        Assert.Equal(["item 0 cam predicted"], found.Lost);
        Assert.Equal((false, 0, 0), (found.Same, found.Duplicated.Count, found.Different.Count));
    }

    [Fact]
    public void Row_that_is_there_twice_is_duplicated()
    {
        var found = RowsComparison.Of(Rows, [.. Rows, Rows[2]]);
        Assert.Equal(["item 2 cam predicted"], found.Duplicated);
        Assert.Equal((false, 0, 0), (found.Same, found.Lost.Count, found.Different.Count));
    }

    [Fact]
    public void Words_and_whole_numbers_are_equal_and_numbers_close()
    {
        Assert.Equal(["item 1 cam predicted: Outcome is Failed, expected Explained"], Changed(row => row with { Outcome = ItemOutcome.Failed }));
        Assert.Equal(["item 1 cam predicted: Predicted is 4, expected 3"], Changed(row => row with { Predicted = 4 }));
        Assert.Equal(["item 1 cam predicted: Label is nothing, expected disc"], Changed(row => row with { Label = null }));
        Assert.Empty(Changed(row => row with { Maximum = 8 * (1 + 9e-5) }));
        Assert.Single(Changed(row => row with { Maximum = 8 * (1 + 2e-4) }));
    }

    [Fact]
    public void Measures_of_equal_maps_are_closer_than_those_of_close_maps()
    {
        static ItemResult Moved(ItemResult row, double by) => row with { Measures = row.Measures with { Focus = .5 + by } };
        Assert.Empty(Changed(row => Moved(row, 5e-7)));
        Assert.Single(Changed(row => Moved(row, 5e-6)));
        Assert.Empty(Changed(row => Moved(row, 5e-6) with { Maximum = 8.0001 }));
        Assert.Single(Changed(row => Moved(row, 5e-4) with { Maximum = 8.0001 }));
        Assert.Single(Changed(row => row with { Measures = row.Measures with { Focus = null } }));
    }

    private static IReadOnlyList<string> Changed(Func<ItemResult, ItemResult> change) =>
        RowsComparison.Of(Rows, [Rows[0], change(Rows[1]), Rows[2]]).Different;

    private static ItemResult Row(long item) => new()
    {
        Item = item,
        ItemId = $"disc/{item}.png",
        Label = "disc",
        Split = "all",
        Outcome = ItemOutcome.Explained,
        Predicted = 3,
        Method = "cam",
        Target = "predicted",
        Maximum = 8,
        PositiveMass = 20,
        MapRow = (int)item,
        Measures = new() { Focus = .5 },
    };
}
