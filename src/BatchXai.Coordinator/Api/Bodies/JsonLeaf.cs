using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace BatchXai.Coordinator.Api.Bodies;

/// <summary>Single values of a body: what may stand there, and how it is shown to a person.</summary>
internal static class JsonLeaf
{
    /// <summary>Longest text in a body, in characters.</summary>
    public const int MaxText = 1_024;

    /// <summary>What is wrong with a value; null: nothing.</summary>
    public static string? Problem(JsonElement value, JsonTypeInfo type, JsonSerializerOptions options)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return "null. Expected a value.";
        }

        if (type.Type == typeof(string))
        {
            return value.ValueKind == JsonValueKind.String ? Text(value) : $"{Shown(value)}. Expected a text.";
        }

        try
        {
            _ = value.Deserialize(type);
            return null;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return $"{Shown(value)}. Expected {Expected(Nullable.GetUnderlyingType(type.Type) ?? type.Type, options)}.";
        }
    }

    /// <summary>A value that stands for one that is missing.</summary>
    public static JsonNode Empty(JsonTypeInfo type) =>
        type.Type == typeof(string) ? JsonValue.Create("") : JsonSerializer.SerializeToNode(Activator.CreateInstance(type.Type), type)!;

    /// <summary>A value in an error message.</summary>
    public static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => Storage.Shown.Text(value.GetRawText()),
    };

    /// <summary>What is wrong with a text; null: nothing.</summary>
    public static string? TextProblem(string text) =>
        text.Length > MaxText ? $"{text.Length:N0} characters. Expected at most {MaxText:N0}."
        : text.EnumerateRunes().Any(IsUnseen) ? $"\"{Storage.Shown.Text(text)}\" has control characters. Expected plain text on one line."
        : null;

    private static string? Text(JsonElement value)
    {
        try
        {
            return TextProblem(value.GetString()!);
        }
        catch (InvalidOperationException)
        {
            return $"{Shown(value)} is no valid Unicode text.";
        }
    }

    /// <summary>Control characters, line ends, and what turns the direction of text around.</summary>
    private static bool IsUnseen(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static string Expected(Type type, JsonSerializerOptions options) => type switch
    {
        { IsEnum: true } => "one of " + string.Join(", ", Enum.GetNames(type).Select(name => options.PropertyNamingPolicy!.ConvertName(name))),
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(double) => "a number",
        _ => "a whole number",
    };
}
