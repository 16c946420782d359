namespace BatchXai.Coordinator.Data;

/// <summary>Names of strangers as every database can hold them.</summary>
internal static class PlainText
{
    /// <summary>PostgreSQL's text cannot hold NUL: U+FFFD stands in its place.</summary>
    public static string Of(string text) => text.Replace('\0', '\uFFFD');
}
