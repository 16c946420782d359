using System.Globalization;
using System.Text;

namespace BatchXai.Storage;

/// <summary>Foreign text in messages: on one line, not too long, without control or direction characters.</summary>
public static class Shown
{
    private const int MaxLength = 120;

    /// <summary>A text that stands in a sentence.</summary>
    public static string Text(string text)
    {
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length >= MaxLength)
            {
                return shown.Append('…').ToString();
            }

            _ = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                ? shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}")
                : shown.Append(rune);
        }

        return shown.ToString();
    }

    /// <summary>Up to <paramref name="most"/> texts in quotes, then how many more there are.</summary>
    public static string List(IReadOnlyCollection<string> texts, int most)
    {
        var first = string.Join(", ", texts.Take(most).Select(text => $"'{Text(text)}'"));
        return texts.Count > most ? $"{first} and {texts.Count - most:N0} more" : first;
    }
}
