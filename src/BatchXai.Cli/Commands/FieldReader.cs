using System.Globalization;

namespace BatchXai.Cli.Commands;

/// <summary>Turns what a person wrote into typed values; what cannot be read becomes a problem, and the field counts as not given.</summary>
/// <param name="fields">Field (as in audit.yaml, with dots) → what was written.</param>
/// <param name="problems">Collects the problems.</param>
internal sealed class FieldReader(IReadOnlyDictionary<string, FieldValue> fields, List<string> problems)
{
    /// <summary>Collects the problems.</summary>
    public List<string> Problems => problems;

    /// <summary>What was written, or null.</summary>
    public FieldValue? Find(string field) => fields.GetValueOrDefault(field);

    /// <summary>One text.</summary>
    public string? Text(string field) => Single(field)?.Text;

    /// <summary>A path, made absolute from where it was written; a location of another kind, such as azblob://container/path, as it is.</summary>
    public string? Path(string field) => Single(field) is not { } given ? null
        : given.Text.Contains("://", StringComparison.Ordinal) ? given.Text
        : System.IO.Path.GetFullPath(given.Text, given.Value.Folder);

    /// <summary>A whole number.</summary>
    public int? Integer(string field) => Parsed<int>(field, "a whole number", text =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null);

    /// <summary>A number, or a fraction such as 1/255.</summary>
    public double? Number(string field) => Parsed(field, "a number or a fraction such as 1/255", ParseNumber);

    /// <summary>Yes or no.</summary>
    public bool? YesOrNo(string field) => Parsed<bool>(field, "yes or no", text => text.ToLowerInvariant() switch
    {
        "yes" or "true" => true,
        "no" or "false" => false,
        _ => null,
    });

    /// <summary>Numbers, in a list or separated by commas.</summary>
    public IReadOnlyList<double>? Numbers(string field)
    {
        if (List(field)?.Select(ParseNumber).ToList() is not { } numbers)
        {
            return null;
        }

        if (numbers.Count > 0 && numbers.TrueForAll(number => number is not null))
        {
            return [.. numbers.Select(number => number!.Value)];
        }

        Refuse(Find(field)!, "numbers separated by commas, for instance 0.485,0.456,0.406");
        return null;
    }

    /// <summary>Texts, in a list or separated by commas.</summary>
    public IReadOnlyList<string>? List(string field) =>
        Find(field)?.Texts.SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();

    /// <summary>One of the names of an enum; center-crop, centerCrop and CENTER_CROP are the same.</summary>
    public T? Choice<T>(string field)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>();
        return Parsed(field, "one of " + string.Join(", ", names.Select(Kebab)), text =>
            Array.Find(names, name => Kebab(name).Replace("-", "", StringComparison.Ordinal) == Bare(text)) is { } name ? Enum.Parse<T>(name) : (T?)null);
    }

    /// <summary>CenterCrop → center-crop.</summary>
    public static string Kebab(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));

    private static string Bare(string text) => text.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    private static double? ParseNumber(string text)
    {
        var parts = text.Split('/');
        return parts.Length <= 2 && Array.TrueForAll(parts, part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            ? parts.Select(part => double.Parse(part, CultureInfo.InvariantCulture)).Aggregate((a, b) => a / b)
            : null;
    }

    private T? Parsed<T>(string field, string expected, Func<string, T?> parse)
        where T : struct
    {
        if (Single(field) is not { } given)
        {
            return null;
        }

        var value = parse(given.Text);
        if (value is null)
        {
            Refuse(given.Value, expected);
        }

        return value;
    }

    private (FieldValue Value, string Text)? Single(string field)
    {
        switch (Find(field))
        {
            case null:
                return null;
            case { Texts: [var text] } value:
                return (value, text);
            case { } value:
                Refuse(value, "one value");
                return null;
        }
    }

    private void Refuse(FieldValue value, string expected) => problems.Add($"{value.Where}: '{string.Join(", ", value.Texts)}'. Expected {expected}.");
}
