using Xunit;

namespace BatchXai.Statistics.Tests;

public sealed class PairedEquivalenceTests
{
    // Student 1908, hours of sleep gained with two drugs: mean −1.58, t(9) = −4.0621, two-sided p = .002833, 95 % interval (−2.46, −.70).
    private static readonly float[] First = [0.7f, -1.6f, -0.2f, -1.2f, -0.1f, 3.4f, 3.7f, 0.8f, 0, 2];
    private static readonly float[] Second = [1.9f, 0.8f, 1.1f, 0.1f, -0.1f, 4.4f, 5.5f, 1.6f, 4.6f, 3.4f];

    [Fact]
    public void Test_StudentsSleep_IsTheirTTestMovedByTheMargin()
    {
        // With the margin at twice the difference, margin − |mean| is the difference itself: the one-sided p of Student's own test.
        var test = PairedEquivalence.Test(First, Second, [], 3.16)!;

        Assert.Equal(-1.58, test.Difference, 6);
        Assert.Equal(0.002833 / 2, test.P, 6);
        Assert.Equal(9 + 1, test.Units);
        Assert.Equal(-1.58 - (1.8331 * 0.38896), test.Interval.Low, 3);
        Assert.Equal(-1.58 + (1.8331 * 0.38896), test.Interval.High, 3);
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(2.29)]
    [InlineData(2.30)]
    [InlineData(4)]
    public void Test_AnyMargin_IsEquivalentExactlyWhenTheIntervalLiesInside(double margin)
    {
        var test = PairedEquivalence.Test(First, Second, [], margin)!;

        Assert.Equal(test.Interval.Low > -margin && test.Interval.High < margin, test.P < 0.05);
    }

    [Fact]
    public void Test_MeasurementsSwapped_IsTheSame() => Assert.Equal(
        PairedEquivalence.Test(First, Second, [], 2)!.P, PairedEquivalence.Test(Second, First, [], 2)!.P, 12);

    [Fact]
    public void Test_CopiesInOneGroup_CountAsOne()
    {
        int[] groups = [.. Enumerable.Range(0, 30).Select(i => i / 3)];
        float[] first = [.. First.SelectMany(value => Enumerable.Repeat(value, 3))];
        float[] second = [.. Second.SelectMany(value => Enumerable.Repeat(value, 3))];

        Assert.Equal(PairedEquivalence.Test(First, Second, [], 2)!.P, PairedEquivalence.Test(first, second, groups, 2)!.P, 9);
    }

    [Fact]
    public void Test_NoSpread_IsCertain()
    {
        Assert.Equal(0, PairedEquivalence.Test([1, 2, 3], [1, 2, 3], [], 0.02)!.P);
        Assert.Equal(1, PairedEquivalence.Test([1, 2, 3], [2, 3, 4], [], 0.02)!.P);
    }

    [Fact]
    public void Test_OneUnitOrNoMargin_IsUnknownOrThrows()
    {
        Assert.Null(PairedEquivalence.Test([1], [2], [], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PairedEquivalence.Test(First, Second, [], 0));
        Assert.Throws<ArgumentException>(() => PairedEquivalence.Test(First, [1], [], 1));
    }
}
