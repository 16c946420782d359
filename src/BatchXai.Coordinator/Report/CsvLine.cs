using System.Buffers;
using System.Globalization;
using System.Text;

namespace BatchXai.Coordinator.Report;

/// <summary>
/// One line of CSV as RFC 4180 has it: commas, CRLF, quotes doubled. Text that a spreadsheet would run as a formula (a first character out of
/// = + - @, tab, carriage return) is preceded by an apostrophe, because class and file names come from strangers.
/// </summary>
internal sealed class CsvLine
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",\r\n");
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@\t\r\n＝＋－＠");

    private readonly StringBuilder line = new();
    private bool first = true;

    public CsvLine Text(string? text)
    {
        Separate();
        var safe = text is { Length: > 0 } && Formula.Contains(text[0]) ? "'" + text : text ?? "";
        if (safe.AsSpan().ContainsAny(Quoted))
        {
            line.Append('"').Append(safe.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }
        else
        {
            line.Append(safe);
        }

        return this;
    }

    public CsvLine Number(double? number)
    {
        Separate();
        line.Append(number?.ToString("R", CultureInfo.InvariantCulture));
        return this;
    }

    public CsvLine Flag(bool? flag)
    {
        Separate();
        line.Append(flag switch { true => "true", false => "false", null => "" });
        return this;
    }

    /// <summary>The line with its end; the next one starts empty.</summary>
    public string End()
    {
        line.Append("\r\n");
        var text = line.ToString();
        line.Clear();
        first = true;
        return text;
    }

    private void Separate()
    {
        if (!first)
        {
            line.Append(',');
        }

        first = false;
    }
}
