using System.Globalization;
using System.Text;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Xunit;

namespace BatchXai.Coordinator.Tests.Front;

/// <summary>What may become of hostile names in an answer: text, and nothing else. Each check returns the texts that it found.</summary>
internal static class HostileContent
{
    private const string Formulas = "=+-@\t\r";

    /// <summary>A page, read as browsers read it.</summary>
    public static IReadOnlyList<string> OfPage(string html)
    {
        var page = new HtmlParser().ParseDocument(html);
        Assert.All(page.QuerySelectorAll("script"), script => Assert.True(script.TextContent.Length == 0 && script.GetAttribute("src") is { } source && source.StartsWith('/') && !source.StartsWith("//", StringComparison.Ordinal), script.OuterHtml));
        Assert.DoesNotContain(page.All, element => element.Attributes.Any(attribute => attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)));
        Assert.DoesNotContain(page.QuerySelectorAll("img"), image => image.GetAttribute("src") == "x");
        Assert.All(page.QuerySelectorAll("[href], [src], [action]"), element => Assert.DoesNotMatch(@"^\s*(javascript|vbscript|data:text)", element.GetAttribute("href") ?? element.GetAttribute("src") ?? element.GetAttribute("action") ?? ""));
        Assert.Empty(page.QuerySelectorAll("iframe, object, embed, base, template"));
        Assert.Single(page.QuerySelectorAll("title"), title => title.NamespaceUri == "http://www.w3.org/1999/xhtml");
        Assert.Single(page.QuerySelectorAll("body"));
        // A name that broke out of where it stands would have left a part of itself there.
        return [.. page.All.Where(element => element.ChildElementCount == 0).Select(element => element.TextContent), .. page.All.SelectMany(element => element.Attributes).Select(attribute => attribute.Value), page.DocumentElement.TextContent];
    }

    public static IReadOnlyList<string> OfJson(string json)
    {
        List<string> texts = [];
        using var document = JsonDocument.Parse(json);
        Collect(document.RootElement);
        return texts;

        void Collect(JsonElement element)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var part in element.EnumerateObject())
                    {
                        texts.Add(part.Name);
                        Collect(part.Value);
                    }

                    break;
                case JsonValueKind.Array:
                    foreach (var part in element.EnumerateArray())
                    {
                        Collect(part);
                    }

                    break;
                case JsonValueKind.String:
                    texts.Add(element.GetString()!);
                    break;
            }
        }
    }

    /// <summary>A table that spreadsheets open. What they would run is preceded by an apostrophe; that is taken off the texts that are returned.</summary>
    public static IReadOnlyList<string> OfCsv(string csv)
    {
        List<string> cells = [];
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < csv.Length; i++)
        {
            if (csv[i] == '"' && quoted && i + 1 < csv.Length && csv[i + 1] == '"')
            {
                cell.Append(csv[i++]);
            }
            else if (csv[i] == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && csv[i] is ',' or '\n')
            {
                cells.Add($"{cell}".TrimEnd('\r'));
                cell.Clear();
            }
            else
            {
                cell.Append(csv[i]);
            }
        }

        Assert.False(quoted);
        Assert.All(cells, text => Assert.True(text.Length == 0 || !Formulas.Contains(text[0], StringComparison.Ordinal) || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _), text));
        return [.. cells.Select(text => text.StartsWith('\'') && text.Length > 1 && Formulas.Contains(text[1], StringComparison.Ordinal) ? text[1..] : text)];
    }

    /// <summary>A part of a document that others render: no element stands in it as it is.</summary>
    public static IReadOnlyList<string> OfMarkdown(string text)
    {
        Assert.DoesNotMatch(@"(?<!\\)<(script|img|/title|/table)", text);
        Assert.DoesNotContain("](javascript", text, StringComparison.OrdinalIgnoreCase);
        return [text];
    }

    public static IReadOnlyList<string> OfEvents(string text) => [.. text.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).SelectMany(line => OfJson(line["data: ".Length..]))];
}
