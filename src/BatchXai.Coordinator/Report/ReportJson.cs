using System.Text.Json;
using System.Text.Json.Serialization;
using BatchXai.Contracts.Reports;

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

    /// <summary>Reads the report that lies in an output folder.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static async Task<OverfittingReport> ReadAsync(string outputFolder, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(Path.Combine(outputFolder, "report.json"));
        return (await JsonSerializer.DeserializeAsync<OverfittingReport>(file, Options, cancellationToken))!;
    }
}
