using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using BatchXai.Contracts;
using BatchXai.Storage.Blobs;

namespace BatchXai.Storage.Artifacts;

/// <summary>JSON as all artifacts and requests write it: UTF-8, camelCase names, enums as camelCase strings, nulls left out.</summary>
public static class StorageJson
{
    /// <summary>The options. Strict when reading: unknown, doubled and missing members, nulls where none may be and numbers for enums are errors.</summary>
    public static JsonSerializerOptions Options { get; } = MakeOptions();

    /// <summary>Stores a value as JSON.</summary>
    public static Task WriteJsonAsync<T>(this IBlobStore store, string address, T value, CancellationToken cancellationToken) =>
        store.WriteAsync(address, JsonSerializer.SerializeToUtf8Bytes(value, Options), cancellationToken);

    /// <summary>Reads a value stored as JSON.</summary>
    /// <exception cref="FileNotFoundException">Nothing lies at the address.</exception>
    /// <exception cref="UserErrorException">It is not valid JSON of this type; says where.</exception>
    public static async Task<T> ReadJsonAsync<T>(this IBlobStore store, string address, CancellationToken cancellationToken) =>
        Parse<T>(await store.ReadAsync(address, cancellationToken), address);

    /// <summary>Reads a value from UTF-8 JSON.</summary>
    /// <param name="utf8">The JSON, without a byte order mark.</param>
    /// <param name="where">Named in errors.</param>
    /// <exception cref="UserErrorException">It is not valid JSON of this type; says where.</exception>
    public static T Parse<T>(ReadOnlySpan<byte> utf8, string where)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(utf8, Options) ?? throw new JsonException("It is null.");
        }
        catch (JsonException error)
        {
            throw new UserErrorException($"{where} is not a valid {typeof(T).Name}: {error.Message} Correct it at the place named, or leave the member out.");
        }
    }

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerOptions.Strict)
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // Readable names in any script; <, >, & and quotes stay escaped.
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        };
        options.MakeReadOnly();
        return options;
    }
}
