using System.CommandLine;
using System.Text.Json;
using BatchXai.Cli.Remote;
using BatchXai.Contracts;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Report;

namespace BatchXai.Cli.Commands;

/// <summary>A report that a person names: an output folder, a report.json, or the id of an audit on a server.</summary>
/// <param name="Report">The report.</param>
/// <param name="Page">Path of its page; null: there is none here.</param>
internal sealed record ReportSource(OverfittingReport Report, string? Page)
{
    /// <summary>Reads the report.</summary>
    /// <exception cref="UserErrorException">There is no such report, or it cannot be read.</exception>
    public static async Task<ReportSource> ReadAsync(string name, ParseResult parsed, Option<string?> server, CancellationToken cancellationToken)
    {
        if (ServerOption.AuditOf(name) is { } id)
        {
            using var client = ServerOption.Need(parsed, server);
            return new(await client.ReportAsync(id, cancellationToken), null);
        }

        var file = Directory.Exists(name) ? Path.Combine(name, "report.json") : name;
        try
        {
            await using var stream = File.OpenRead(file);
            var report = await JsonSerializer.DeserializeAsync<OverfittingReport>(stream, ReportJson.Options, cancellationToken) ?? throw new JsonException("it is empty");
            var page = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, "report.html");
            return report.SchemaVersion > OverfittingReport.CurrentSchemaVersion
                ? throw new UserErrorException($"'{file}' is of schema {report.SchemaVersion}, and this program knows {OverfittingReport.CurrentSchemaVersion}. Use the program that wrote it.")
                : new(report, File.Exists(page) ? page : null);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserErrorException($"'{name}' holds no report: there is no {file}. Expected an output folder of batchxai run, a report.json, or the id of an audit with --server.");
        }
        catch (Exception bad) when (bad is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"'{file}' is no report that can be read: {bad.Message} Expected report.json as batchxai run writes it; batchxai report FOLDER writes it again.");
        }
    }
}
