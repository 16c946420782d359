using System.Text.RegularExpressions;
using BatchXai.Contracts.Audits;
using Xunit;

namespace BatchXai.Conventions.Tests;

public sealed partial class FileTests
{
    private const int Ceiling = 400;

    [Fact]
    public void No_file_is_longer_than_the_ceiling()
    {
        var tooLong = Repository.CSharpFiles("src").Concat(Repository.CSharpFiles("tests"))
            .Select(file => (File: Path.GetRelativePath(Repository.Root, file), Lines: File.ReadLines(file).Count()))
            .Where(file => file.Lines > Ceiling);
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Most_source_files_can_be_read_at_a_sitting()
    {
        var lines = Repository.CSharpFiles("src").Select(file => File.ReadLines(file).Count()).Order().ToList();
        Assert.True(lines[lines.Count * 9 / 10] <= 180, $"nine files of ten have at most 180 lines; the tenth has {lines[lines.Count * 9 / 10]}");
    }

    [Fact]
    public void Root_holds_only_documents_with_a_role()
    {
        string[] roles = ["ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "README.md", "SECURITY.md"];
        Assert.Empty(Directory.EnumerateFiles(Repository.Root, "*.md").Select(file => Path.GetFileName(file)!).Except(roles));
    }

    [Fact]
    public void Readme_is_short_and_names_the_two_commands()
    {
        var readme = File.ReadAllLines(Path.Combine(Repository.Root, "README.md"));
        Assert.True(readme.Length <= 150, $"README.md has {readme.Length} lines, and 150 is the limit");
        Assert.Contains(readme, line => line.Contains("./batchxai demo", StringComparison.Ordinal));
        Assert.Contains(readme, line => line.Contains("./test.sh", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_method_is_documented_beside_the_code()
    {
        var readme = File.ReadAllText(Path.Combine(Repository.Root, "src", "BatchXai.Attribution", "README.md"));
        Assert.All(MethodNames.All, method => Assert.Contains($"`{method}`", readme, StringComparison.Ordinal));
    }

    [Fact]
    public void Links_in_documents_lead_somewhere()
    {
        var dead = from document in Directory.EnumerateFiles(Repository.Root, "*.md").Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.md", SearchOption.AllDirectories))
                   from Match link in MarkdownLink().Matches(File.ReadAllText(document))
                   let target = link.Groups[1].Value
                   where !target.Contains("://", StringComparison.Ordinal) && target.Length > 0
                   let path = Path.Combine(Path.GetDirectoryName(document)!, target)
                   where !File.Exists(path) && !Directory.Exists(path)
                   select $"{Path.GetRelativePath(Repository.Root, document)}: {target}";
        Assert.Empty(dead);
    }

    [GeneratedRegex(@"\]\(([^)#\s]*)[^)]*\)")]
    private static partial Regex MarkdownLink();
}
