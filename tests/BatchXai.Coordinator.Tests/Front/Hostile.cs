using System.Globalization;
using System.Text;
using Xunit;

namespace BatchXai.Coordinator.Tests.Front;

/// <summary>Names that strangers give to classes, files and audits.</summary>
internal static class Hostile
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "<script>alert('x')</script>\"&'",
        "\"><img src=x onerror=alert(1)>",
        "\u202Egnp.exe\u202C \u2067right\u2069",
        "=HYPERLINK(\"http://example.org\")",
        "</title></table>{{7*7}}${7*7}@(7*7)",
        new string('n', 255),
    ];

    /// <summary>Those of them that a cohort may have: short ones that show all that is in them.</summary>
    public static IReadOnlyList<string> CohortNames { get; } = [.. Names.Where(name => name.EnumerateRunes().All(rune => Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format)).Select(name => name[..Math.Min(name.Length, 100)])];

    /// <summary>These, and what spreadsheets would run.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names, "=cmd|' /C calc'!A1", "+1+1", "-1-1", "@SUM(1)", "\t=1+1"];

    /// <summary>The name stands in the page as text, and nothing of it became an element.</summary>
    public static void CheckShown(ShownPage page, string name)
    {
        Assert.Contains(name, page.Root.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(page.All("img"), image => image.Attribute("src")?.Value == "x");
    }
}
