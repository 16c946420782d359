using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace BatchXai.Storage.Artifacts;

/// <summary>
/// An item's metadata as one text: a JSON object of texts, columns in ordinal order. Quotes within names and values are written <c>\u0022</c>, so that a pair is found in it by its own text.
/// </summary>
public static class MetadataText
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The text of some metadata; null: there is none.</summary>
    public static string? Of(IReadOnlyDictionary<string, string>? metadata) =>
        metadata is not { Count: > 0 } ? null : JsonSerializer.Serialize(new SortedDictionary<string, string>(metadata.ToDictionary(), StringComparer.Ordinal), Options);

    /// <summary>What the text of an item contains if one of its columns has a value.</summary>
    public static string Pair(string column, string value) => $"{JsonSerializer.Serialize(column, Options)}:{JsonSerializer.Serialize(value, Options)}";

    /// <summary>Columns and values of a text, in order; none where it is null or was not written here.</summary>
    public static IReadOnlyDictionary<string, string> Read(string? text)
    {
        try
        {
            return text is null ? new SortedDictionary<string, string>() : JsonSerializer.Deserialize<SortedDictionary<string, string>>(text, Options) ?? [];
        }
        catch (JsonException)
        {
            return new SortedDictionary<string, string>();
        }
    }
}
