using BatchXai.Contracts.Datasets;
using BatchXai.Storage.Causal;
using Xunit;

namespace BatchXai.Storage.Tests.Causal;

public sealed class DonorBankTests
{
    private static readonly List<DatasetItem> Items =
        [.. Enumerable.Range(0, 60).Select(index => new DatasetItem { Index = index, Id = $"{index}", Path = $"{index}.png", Mask = $"{index}.png", Label = (index % 4) switch { 0 => "a", 1 => "b", 2 => "c", _ => null } })];

    [Fact]
    public void Donors_AreOfTheClass_OrOfAnother_AndNeverTheItemItself()
    {
        var bank = new DonorBank(3, Items);
        foreach (var item in Items.Where(item => item.Label is not null))
        {
            Assert.Equal(Items.Where(other => other.Label == item.Label && other != item).ToHashSet(), [.. bank.OfSameClass(item)]);
            Assert.Equal(Items.Where(other => other.Label != item.Label).ToHashSet(), [.. bank.OfAnotherClass(item)]);
        }
    }

    [Fact]
    public void UnlabelledItem_HasNoClassOfItsOwn()
    {
        var bank = new DonorBank(3, Items);

        Assert.Empty(bank.OfSameClass(Items[3]));
        Assert.Equal(59, bank.OfAnotherClass(Items[3]).Count());
    }

    [Fact]
    public void SamePictureUnderAnotherIndex_LendsNothing()
    {
        var twin = Items[0] with { Index = 99, Id = "twin" };

        Assert.Empty(new DonorBank(3, [Items[0], twin]).OfSameClass(Items[0]));
    }

    [Fact]
    public void Order_DependsOnSeedItemAndTest_NotOnTheOrderOfDonors()
    {
        var order = Order(3, Items, Items[0]);

        Assert.Equal(order, Order(3, [.. Enumerable.Reverse(Items)], Items[0]));
        Assert.NotEqual(order, Order(4, Items, Items[0]));
        Assert.NotEqual(order, Order(3, Items, Items[4]).Select(index => index == 0 ? 4 : index));

        static List<long> Order(int seed, List<DatasetItem> donors, DatasetItem item) => [.. new DonorBank(seed, donors).OfAnotherClass(item).Select(donor => donor.Index)];
    }

    [Fact]
    public void FirstDonors_AreSpreadEvenly()
    {
        var bank = new DonorBank(0, Items);
        var lent = Enumerable.Range(1_000, 6_000).Select(index => bank.OfAnotherClass(new DatasetItem { Index = index, Id = "", Path = $"x{index}" }).First().Index).CountBy(index => index).ToList();

        // 6,000 over 60: 100 each, with a deviation of 10.
        Assert.Equal(60, lent.Count);
        Assert.All(lent, pair => Assert.InRange(pair.Value, 55, 145));
    }
}
