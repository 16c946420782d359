using BatchXai.Coordinator.Browse;
using Xunit;

namespace BatchXai.Coordinator.Tests.Browse;

public sealed class MetadataTermsTests
{
    [Theory]
    [InlineData("camera", "north")]
    [InlineData("100 %", "a=b & c=d")]
    [InlineData(" blanks ", "\tat the ends ")]
    [InlineData("%26", "%3D%25")]
    [InlineData("<script>", "'\"\u202e")]
    public void A_term_is_read_as_it_was_written(string column, string value)
    {
        Assert.Equal([(column, value)], MetadataTerms.Read(MetadataTerms.Of(column, value)));
        Assert.Equal([(column, value), ("weather", "rain")], MetadataTerms.Read($"{MetadataTerms.Of(column, value)} & weather = rain"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("camera")]
    [InlineData("=north")]
    [InlineData("camera=")]
    [InlineData("camera=north&")]
    [InlineData("a=b=c")]
    public void Other_text_is_no_term(string text) => Assert.Null(MetadataTerms.Read(text));
}
