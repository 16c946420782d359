using System.Text;

namespace BatchXai.Coordinator.Report;

/// <summary>Text of strangers inside Markdown: names of classes and audits stay text, whatever is in them.</summary>
public static class MarkdownText
{
    private const string Meaning = "\\`*_[]<>#|!&~";

    /// <summary>One line in which nothing has a meaning; a table's cell too.</summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var line = new StringBuilder();
        foreach (var letter in text)
        {
            if (Meaning.Contains(letter, StringComparison.Ordinal))
            {
                line.Append('\\');
            }

            line.Append(char.IsControl(letter) ? ' ' : letter);
        }

        return line.ToString();
    }

    /// <summary>A table's row.</summary>
    /// <param name="cells">Its cells, escaped where need be.</param>
    public static string Row(params IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |\n";
}
