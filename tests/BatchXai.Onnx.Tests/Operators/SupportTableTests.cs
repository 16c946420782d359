using BatchXai.Onnx.Operators;
using BatchXai.Testing;
using Xunit;

namespace BatchXai.Onnx.Tests.Operators;

/// <summary>The README says what the registry says. With BATCHXAI_WRITE_TABLES=1 the first test writes the table instead.</summary>
public sealed class SupportTableTests
{
    // Control flow passes on what its body computes; ControlFlowTests check those gradients.
    private static readonly string[] CheckedElsewhere = ["If", "Loop", "Scan", "SequenceMap", "SequenceConstruct", "SequenceEmpty", "SequenceAt", "SequenceInsert", "SequenceErase", "SplitToSequence", "ConcatFromSequence", "Optional", "OptionalGetElement"];

    [Fact]
    public void Readme_SupportTable_IsTheRegistrys()
    {
        Assert.SkipWhen(Checkout.Root is null, "the sources are not here");
        var path = Path.Combine(Checkout.Root!, "src", "BatchXai.Onnx", "README.md");
        var readme = File.ReadAllText(path);
        var (begin, end) = (readme.IndexOf(SupportTable.Begin, StringComparison.Ordinal), readme.IndexOf(SupportTable.End, StringComparison.Ordinal));
        Assert.True(begin >= 0 && end > begin, "the README has lost the marks of the support table");
        var expected = readme[..begin] + SupportTable.Write() + readme[(end + SupportTable.End.Length)..];
        if (Environment.GetEnvironmentVariable("BATCHXAI_WRITE_TABLES") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path));
    }

    [Fact]
    public void EveryDifferentiableOperator_HasAGradientThatIsChecked()
    {
        var tested = OperatorCases.All.Values.Select(test => test.Op).Concat(CheckedElsewhere).ToHashSet();
        var untested = OperatorTable.All.Where(variant => variant.Gradient == Gradient.Exact && !tested.Contains(variant.Op)).Select(variant => variant.Op).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal([], untested);
    }

    [Fact]
    public void Registry_NamesEachMeaningOnce()
        => Assert.All(OperatorTable.All.CountBy(variant => (variant.Domain, variant.Op, variant.Since)), meaning => Assert.Equal(1, meaning.Value));
}
