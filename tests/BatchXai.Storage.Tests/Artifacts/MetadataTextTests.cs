using BatchXai.Storage.Artifacts;
using Xunit;

namespace BatchXai.Storage.Tests.Artifacts;

public sealed class MetadataTextTests
{
    [Fact]
    public void Of_AnyNamesAndValues_ReadAsTheyWereWritten()
    {
        Dictionary<string, string> metadata = new() { ["wetter"] = "föhn 🦩", ["\"quoted\":\"x\""] = "<a href='/'>&\\\"\n\0", [" "] = "" };
        var text = MetadataText.Of(metadata)!;
        Assert.Equal(metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal), MetadataText.Read(text));
        Assert.Contains("föhn", text, StringComparison.Ordinal);
        Assert.All(metadata, pair => Assert.Contains(MetadataText.Pair(pair.Key, pair.Value), text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("x", "1")] // Stands within a value.
    [InlineData("camera", "nor")] // Begins like one.
    [InlineData("era", "north")] // Ends like a name.
    [InlineData("north", "x")] // A value is no name.
    public void Pair_NoColumnHasTheValue_NotContained(string column, string value)
    {
        var text = MetadataText.Of(new Dictionary<string, string> { ["camera"] = "north", ["note"] = "\"x\":\"1\"", ["y"] = "x" })!;
        Assert.DoesNotContain(MetadataText.Pair(column, value), text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_Nothing_Null()
    {
        Assert.Null(MetadataText.Of(null));
        Assert.Null(MetadataText.Of(new Dictionary<string, string>()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{\"a\":1}")]
    [InlineData("null")]
    public void Read_NotWrittenHere_Nothing(string? text) => Assert.Empty(MetadataText.Read(text));
}
