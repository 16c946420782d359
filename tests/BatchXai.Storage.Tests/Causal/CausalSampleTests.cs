using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Datasets;
using BatchXai.Storage.Causal;
using Xunit;

namespace BatchXai.Storage.Tests.Causal;

public sealed class CausalSampleTests
{
    [Theory]
    [InlineData(CausalChoice.Off, 10, 0)]
    [InlineData(CausalChoice.Full, 1_000_000, 1)]
    [InlineData(CausalChoice.Sampled, 0, 1)]
    [InlineData(CausalChoice.Sampled, 2_000, 1)]
    [InlineData(CausalChoice.Sampled, 1_000_000, .002)]
    public void Share_IsThatOfAboutTwoThousand(CausalChoice choice, long withObject, double expected) => Assert.Equal(expected, CausalSample.Share(choice, withObject));

    [Fact]
    public void Sample_IsAboutTheShare_AndOfItemsWithObjectsOnly()
    {
        var plan = Plan(.02);

        Assert.InRange(Enumerable.Range(0, 100_000).Count(index => CausalSample.Includes(plan, Item(index))), 1_850, 2_150);
        Assert.All(Enumerable.Range(0, 100), index => Assert.False(CausalSample.Includes(Plan(1), Item(index) with { Mask = null })));
        Assert.All(Enumerable.Range(0, 100), index => Assert.True(CausalSample.Includes(Plan(1), Item(index) with { Mask = null, Boxes = [new(0, 0, 1, 1)] })));
        Assert.All(Enumerable.Range(0, 100), index => Assert.False(CausalSample.Includes(Plan(0), Item(index))));
    }

    [Fact]
    public void Choice_IsTheSameInEveryVersion()
    {
        // Items that took part must take part again when an audit is repeated with a later version.
        Assert.Equal(37706701146170362UL, SeededChoice.Bits(1, "donor", 2, 3));
        Assert.Equal(.5, Enumerable.Range(0, 20_000).Average(item => SeededChoice.Uniform(5, "x", item)), .01);
    }

    private static DatasetItem Item(long index) => new() { Index = index, Id = "", Path = "", Mask = "m.png" };

    private static AuditPlan Plan(double share) => new()
    {
        AuditId = Guid.Empty,
        Request = new() { Model = new() { Path = "" }, Dataset = new() { Path = "" }, Seed = 9 },
        Model = null!,
        ImageRoot = "",
        OutputNames = [],
        Items = 0,
        DatasetHash = "",
        CausalShare = share,
    };
}
