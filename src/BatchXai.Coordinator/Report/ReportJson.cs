using System.Text.Json;
using System.Text.Json.Serialization;
using BatchXai.Storage.Blobs;

namespace BatchXai.Coordinator.Report;

/// <summary>How report.json is written and read.</summary>
public static class ReportJson
{
    /// <summary>camelCase members and enum values, indented; characters that HTML gives a meaning are escaped.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The same on one line, for files that no person reads.</summary>
    public static JsonSerializerOptions Compact { get; } = new(Options) { WriteIndented = false };

    /// <summary>Reads a report, or another file beside it.</summary>
    /// <exception cref="FileNotFoundException">Nothing lies at the address.</exception>
    public static async Task<T> ReadAsync<T>(IBlobStore store, string address, CancellationToken cancellationToken)
    {
        await using var file = await store.OpenReadAsync(address, cancellationToken);
        return (await JsonSerializer.DeserializeAsync<T>(file, Options, cancellationToken))!;
    }
}
