using BatchXai.Contracts.Results;
using BatchXai.Storage.Causal;
using Xunit;

namespace BatchXai.Storage.Tests.Causal;

public sealed class EvidenceTests
{
    [Theory]
    [InlineData(true, true, false, true)]
    [InlineData(null, true, false, true)] // no label
    [InlineData(true, false, false, false)]
    [InlineData(true, true, true, false)] // the pasting alone turns it
    [InlineData(false, true, false, null)] // wrong before
    [InlineData(true, null, false, null)] // no donor
    public void Answer_turns_when_the_background_changes_it_and_the_placebo_does_not(bool? correct, bool? turned, bool? byPlacebo, bool? turns) =>
        Assert.Equal(turns, EvidenceRule.Turns([.. Enum.GetValues<CausalFill>().SelectMany(fill => Rows(fill, correct, turned, byPlacebo))]));

    [Fact]
    public void Answer_about_a_class_that_the_model_does_not_know_is_not_judged() =>
        Assert.Null(EvidenceRule.Turns([.. Enum.GetValues<CausalFill>().SelectMany(fill => Rows(fill, null, true, false).Select(row => row with { Label = "anchor" }))]));

    [Fact]
    public void One_fill_alone_is_not_enough()
    {
        Assert.False(EvidenceRule.Turns([.. Rows(CausalFill.Diffusion, true, true, false), .. Rows(CausalFill.Blur, true, false, false)]));
        Assert.Null(EvidenceRule.Turns([.. Rows(CausalFill.Diffusion, true, true, false)]));
        Assert.Null(EvidenceRule.Turns([]));
    }

    [Fact]
    public void Shortlist_takes_the_surest_of_each_class_before_the_second_of_any()
    {
        var shortlist = new EvidenceShortlist<string>(4);
        foreach (var (label, surety, item) in new[] { ("cat", .5, 0), ("cat", .9, 1), ("cat", .8, 2), ("dog", .6, 3), ("dog", .6, 4), ("cat", .9, 5) })
        {
            shortlist.Add(label, surety, item, $"{label} {item}");
        }

        Assert.Equal(["cat 1", "dog 3", "cat 5", "dog 4"], shortlist.InOrder);
    }

    [Fact]
    public void Shortlists_of_parts_hold_what_leads_the_whole_in_whatever_order_items_come()
    {
        var random = new Random(5);
        for (var round = 0; round < 200; round++)
        {
            var items = Enumerable.Range(0, 60).Select(item => (Label: $"c{random.Next(4)}", Surety: random.Next(20) / 20.0, Item: (long)item)).ToList();
            var whole = Shortlist(items);
            var parts = items.GroupBy(item => item.Item / 15).SelectMany(part => Shortlist([.. part])).ToList();

            Assert.Equal(whole, Shortlist([.. items.OrderBy(_ => random.Next())]));
            Assert.Subset(parts.ToHashSet(), whole.ToHashSet());
            // All items sorted at once.
            Assert.Equal(
                items.GroupBy(item => item.Label).SelectMany(ofClass => ofClass.OrderByDescending(item => item.Surety).ThenBy(item => item.Item).Select((item, place) => (item, place)))
                    .OrderBy(entry => entry.place).ThenByDescending(entry => entry.item.Surety).ThenBy(entry => entry.item.Item).Take(6).Select(entry => entry.item.Item),
                whole);
        }
    }

    private static IReadOnlyList<long> Shortlist(IReadOnlyList<(string Label, double Surety, long Item)> items)
    {
        var shortlist = new EvidenceShortlist<long>(6);
        foreach (var (label, surety, item) in items)
        {
            shortlist.Add(label, surety, item, item);
        }

        return shortlist.InOrder;
    }

    private static IEnumerable<CausalResult> Rows(CausalFill fill, bool? correct, bool? turned, bool? byPlacebo) => Enum.GetValues<CausalTest>().Select(test => new CausalResult
    {
        Item = 3,
        Split = "all",
        MaskKind = MaskKind.Mask,
        Test = test,
        Fill = fill,
        Status = CausalStatus.Ok,
        CorrectBefore = correct,
        ProbabilityBefore = .9,
        Flipped = test switch { CausalTest.MixedRand => turned, CausalTest.Placebo => byPlacebo, _ => true },
    });
}
