namespace BatchXai.Coordinator.Browse;

/// <summary>
/// Conditions on metadata columns as one text, such as <c>camera=north &amp; weather=rain</c>: all of them must hold. What would be read as part of the notation is written as in
/// addresses: <c>%26</c> for &amp;, <c>%3D</c> for =, <c>%25</c> for %.
/// </summary>
public static class MetadataTerms
{
    /// <summary>What such a text looks like, for messages.</summary>
    public const string Expected = "column=value, or several such as camera=north & weather=rain, with %26 for & and %3D for = within them";

    /// <summary>The text of one condition.</summary>
    public static string Of(string column, string value) => $"{Escaped(column)}={Escaped(value)}";

    /// <summary>The conditions of a text; null: it is something else.</summary>
    public static IReadOnlyList<(string Column, string Value)>? Read(string text)
    {
        var parts = text.Split('&').Select(part => part.Split('=')).ToList();
        return parts.TrueForAll(part => part.Length == 2 && part[0].Trim().Length > 0 && part[1].Trim().Length > 0)
            ? [.. parts.Select(part => (Uri.UnescapeDataString(part[0].Trim()), Uri.UnescapeDataString(part[1].Trim())))]
            : null;
    }

    // Blanks at the ends would be taken for the notation's own.
    private static string Escaped(string text)
    {
        var inner = text.Trim();
        var start = text.Length - text.TrimStart().Length;
        return $"{Uri.EscapeDataString(text[..start])}{inner.Replace("%", "%25", StringComparison.Ordinal).Replace("&", "%26", StringComparison.Ordinal).Replace("=", "%3D", StringComparison.Ordinal)}{Uri.EscapeDataString(text[(start + inner.Length)..])}";
    }
}
