using BatchXai.Storage.Datasets;
using Xunit;

namespace BatchXai.Storage.Tests.Datasets;

public sealed class OutputMappingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Map_ByClassMap_OutputsOrNothing()
    {
        var map = folder.Add("map.csv", "class,outputs\r\ncat,3 1 3\r\n\"do,g\",\r\nghost,0\r\n");
        folder.With("d/cat/1.jpg", "d/do,g/1.jpg", "d/eel/1.jpg");

        var (dataset, items) = await Datasets.ReadAsync(new() { Path = folder["d"], ClassMap = map }, "a", "b", "c", "d");

        Assert.Equal([3, 1], items[0].Outputs!);
        Assert.Empty(items[1].Outputs!);
        Assert.Null(items[2].Outputs);
        Assert.Equal([[3, 1], [], null], Assert.Single(dataset.Summary.Splits).Classes.Select(one => one.Outputs));
        Assert.Equal(2, dataset.Summary.Warnings.Count);
        Assert.Contains(dataset.Summary.Warnings, warning => warning.Contains("1 classes that the dataset does not have: 'ghost'", StringComparison.Ordinal));
        Assert.Contains(dataset.Summary.Warnings, warning => warning.Contains("1 of 3 classes map to no model output: they are not in the class map: 'eel'", StringComparison.Ordinal));
    }

    [Fact]
    public void Map_ByName_OrdinalThenIgnoringCase()
    {
        var findings = new Findings();
        var mapping = OutputMapping.Make(["Cat", "DOG", "crane", "eel"], null, ["cat", "Cat", "dog", "crane", "crane"], findings);

        Assert.Equal([1], mapping.Find("Cat")!);
        Assert.Equal([2], mapping.Find("DOG")!);
        Assert.Equal([3, 4], mapping.Find("crane")!);
        Assert.Null(mapping.Find("eel"));
        Assert.Null(mapping.Find(null));
        Assert.False(findings.HasProblems);
        Assert.Contains(findings.Warnings(), warning => warning.Contains("3 and 4", StringComparison.Ordinal));
        Assert.Contains(findings.Warnings(), warning => warning.Contains("'eel'", StringComparison.Ordinal));
    }

    [Fact]
    public void Map_NumberedOutputsOfTheSameCount_BySortedPlace()
    {
        var findings = new Findings();
        var mapping = OutputMapping.Make(["a", "b", "c"], null, ["0", "1", "2"], findings);

        Assert.Equal([2], mapping.Find("c")!);
        Assert.Contains("'a' is output 0, 'c' is output 2", Assert.Single(findings.Warnings()), StringComparison.Ordinal);
    }

    [Fact]
    public void Map_LabelsAreNumbers_ByNameNotByPlace()
    {
        var mapping = OutputMapping.Make(["10", "2", "9"], null, [.. Enumerable.Range(0, 11).Select(i => $"{i}")], new Findings());

        Assert.Equal([10], mapping.Find("10")!);
        Assert.Equal([2], mapping.Find("2")!);
    }

    [Fact]
    public async Task Open_NothingMaps_ProblemWithEveryLabel()
    {
        folder.With("d/cat/1.jpg", "d/dog/1.jpg");

        var problem = Assert.Single(await Datasets.ProblemsAsync(new() { Path = folder["d"] }, "0", "1", "2"));

        Assert.Contains("None of the 2 classes", problem, StringComparison.Ordinal);
        Assert.Contains("'cat', 'dog'", problem, StringComparison.Ordinal);
        Assert.Contains("class map", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("cat,1\n", "expected the header 'class,outputs'")]
    [InlineData("class,outputs\ncat,1\ncat,2\n", ":3: class 'cat' is here twice")]
    [InlineData("class,outputs\ncat,-1\n", ":2: class 'cat': '-1' is no output number")]
    [InlineData("class,outputs\ncat,1,2\n", ":2: 3 fields")]
    [InlineData("class,outputs\n\"cat,1\n", "never closed")]
    public async Task Open_BadClassMap_SaysWhere(string content, string expected)
    {
        folder.With("d/cat/1.jpg");

        Assert.Contains(expected, Assert.Single(await Datasets.ProblemsAsync(new() { Path = folder["d"], ClassMap = folder.Add("map.csv", content) })), StringComparison.Ordinal);
    }
}
