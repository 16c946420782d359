using System.Text.RegularExpressions;
using Xunit;

namespace BatchXai.Conventions.Tests;

public sealed partial class SettingTests
{
    [Fact]
    public void Every_setting_that_is_read_is_explained_and_no_other()
    {
        var read = Repository.CSharpFiles("src").Select(File.ReadAllText).SelectMany(Read).Distinct();
        var explained = File.ReadLines(Path.Combine(Repository.Root, "infra/README.md")).Select(line => Row().Match(line)).Where(row => row.Success).Select(row => row.Groups[1].Value);
        Assert.Equal(read.Order(StringComparer.Ordinal), explained.Order(StringComparer.Ordinal));
    }

    /// <summary>Settings by their whole name, and those of the worker, which come after the name of their section.</summary>
    private static IEnumerable<string> Read(string source) =>
        Whole().Matches(source).Select(match => match.Groups[1].Value)
            .Concat(source.Contains("Section = \"Worker\"", StringComparison.Ordinal) ? InSection().Matches(source).Select(match => $"Worker:{match.Groups[1].Value}") : []);

    [GeneratedRegex(@"""((?:Access|Database|Broker|Blobs|Sources|Uploads|Dispatch|Worker|Logging):[A-Z][A-Za-z]+)""")]
    private static partial Regex Whole();

    [GeneratedRegex(@"(?:(?:Number|Flag)\(""|\{Section\}:)([A-Z][A-Za-z]+)""")]
    private static partial Regex InSection();

    [GeneratedRegex(@"^\| `([A-Z]\w+:\w+)` \|")]
    private static partial Regex Row();
}
