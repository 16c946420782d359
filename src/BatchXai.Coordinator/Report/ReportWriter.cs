using System.Text;
using System.Text.Json;
using BatchXai.Contracts;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;

namespace BatchXai.Coordinator.Report;

/// <summary>
/// Writes a report for people and programs: <c>report.html</c> (one self-contained file), <c>report.json</c>, <c>classes.csv</c>, <c>items.csv</c>
/// and the listed items' overlays under <c>evidence/</c>. Each file appears whole or not at all.
/// </summary>
public static class ReportWriter
{
    /// <summary>Writes all files; makes the folder, overwrites an earlier report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="evidence">Item → pictures; an item without any is listed without a picture.</param>
    /// <param name="rows">All rows of the audit, for items.csv; read once, streamed.</param>
    /// <param name="outputFolder">Where the files go.</param>
    /// <param name="cancellationToken">Stops between files and rows.</param>
    /// <exception cref="UserErrorException">The folder cannot be written.</exception>
    public static async Task WriteAsync(
        OverfittingReport report,
        IReadOnlyDictionary<long, EvidencePictures> evidence,
        IAsyncEnumerable<ItemResult> rows,
        string outputFolder,
        CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(outputFolder);
            var shown = await WriteEvidenceAsync(report, evidence, outputFolder, cancellationToken);
            await WriteFileAsync(outputFolder, "report.json", stream =>
                JsonSerializer.SerializeAsync(stream, shown, ReportJson.Options, cancellationToken));
            await WriteTextAsync(outputFolder, "report.html", page => ReportPage.WriteAsync(shown, evidence, page, cancellationToken));
            await WriteTextAsync(outputFolder, "classes.csv", csv => ClassesCsv.WriteAsync(shown.Classes, csv, cancellationToken));
            await WriteTextAsync(outputFolder, "items.csv", csv => ItemsCsv.WriteAsync(rows, csv, cancellationToken));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                $"The report cannot be written to {outputFolder}: {error.Message} A writable folder with free space was expected. Name another output folder or free this one.");
        }
    }

    private static async Task<OverfittingReport> WriteEvidenceAsync(
        OverfittingReport report, IReadOnlyDictionary<long, EvidencePictures> evidence, string folder, CancellationToken cancellationToken)
    {
        var listed = new List<ListedItem>();
        foreach (var item in report.Listed)
        {
            if (!evidence.TryGetValue(item.Result.Item, out var pictures))
            {
                listed.Add(item with { Picture = null });
                continue;
            }

            // The item's number, never its name: names come from the dataset.
            var address = FormattableString.Invariant($"evidence/item-{item.Result.Item}.png");
            Directory.CreateDirectory(Path.Combine(folder, "evidence"));
            await WriteFileAsync(folder, address, stream => stream.WriteAsync(pictures.Overlay, cancellationToken).AsTask());
            listed.Add(item with { Picture = address });
        }

        return report with { Listed = listed };
    }

    private static Task WriteTextAsync(string folder, string name, Func<TextWriter, Task> write) =>
        WriteFileAsync(folder, name, async stream =>
        {
            await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 64 * 1024, leaveOpen: true);
            await write(text);
        });

    private static async Task WriteFileAsync(string folder, string name, Func<Stream, Task> write)
    {
        var path = Path.Combine(folder, name);
        var partial = path + ".partial";
        try
        {
            await using (var stream = File.Create(partial))
            {
                await write(stream);
            }

            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
