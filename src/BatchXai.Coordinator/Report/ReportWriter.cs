using System.Text;
using System.Text.Json;
using BatchXai.Contracts;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Storage.Blobs;

namespace BatchXai.Coordinator.Report;

/// <summary>
/// Writes a report for people and programs: <c>report.html</c> (one self-contained file), <c>report.json</c>, <c>model-card.md</c>, <c>classes.csv</c>, <c>items.csv</c>
/// pictures of items under <c>evidence/</c>, and <c>clusters.json</c>. Each file appears whole or not at all.
/// </summary>
/// <param name="store">Where the files go.</param>
/// <param name="prefix">Put before every name; ends with a slash, or is empty.</param>
public sealed class ReportWriter(IBlobStore store, string prefix)
{
    /// <summary>Name of the file that holds where heatmaps lie in a plane.</summary>
    public const string ScatterName = "clusters.json";

    /// <summary>Writes where heatmaps lie in a plane, over an earlier file; null: takes that away.</summary>
    /// <exception cref="UserErrorException">The store cannot be written.</exception>
    public Task WriteScatterAsync(ClusterScatter? scatter, CancellationToken cancellationToken) => scatter is null
        ? store.DeleteAsync(prefix + ScatterName, cancellationToken)
        : store.WriteAsync(prefix + ScatterName, JsonSerializer.SerializeToUtf8Bytes(scatter, ReportJson.Compact), cancellationToken);

    /// <summary>Writes all files over an earlier report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="pictures">Pictures of its items.</param>
    /// <param name="rows">All rows of the audit, for items.csv; read once, streamed.</param>
    /// <param name="cancellationToken">Stops between files and rows.</param>
    /// <exception cref="UserErrorException">The store cannot be written.</exception>
    public async Task WriteAsync(
        OverfittingReport report,
        ReportPictures pictures,
        IAsyncEnumerable<ItemResult> rows,
        CancellationToken cancellationToken)
    {
        var shown = await WriteEvidenceAsync(report, pictures, cancellationToken);
        await store.WriteAsync(prefix + "report.json", JsonSerializer.SerializeToUtf8Bytes(shown, ReportJson.Options), cancellationToken);
        await WriteTextAsync("report.html", page => ReportPage.WriteAsync(shown, pictures, page, cancellationToken), cancellationToken);
        await WriteTextAsync("model-card.md", card => card.WriteAsync(ModelCard.Of(shown)), cancellationToken);
        await WriteTextAsync("classes.csv", csv => ClassesCsv.WriteAsync(shown.Classes, csv, cancellationToken), cancellationToken);
        await WriteTextAsync("items.csv", csv => ItemsCsv.WriteAsync(rows, csv, cancellationToken), cancellationToken);
    }

    private async Task<OverfittingReport> WriteEvidenceAsync(OverfittingReport report, ReportPictures pictures, CancellationToken cancellationToken)
    {
        foreach (var (name, picture) in pictures.Tested)
        {
            await store.WriteAsync(prefix + name, picture, cancellationToken);
        }

        // The item's number, never its name: names come from the dataset.
        var names = pictures.Listed.Keys.ToDictionary(item => item, item => FormattableString.Invariant($"evidence/item-{item}.png"));
        foreach (var (item, drawn) in pictures.Listed)
        {
            await store.WriteAsync(prefix + names[item], drawn.Overlay, cancellationToken);
        }

        return EvidencePictures.Named(report, names);
    }

    private Task WriteTextAsync(string name, Func<TextWriter, Task> write, CancellationToken cancellationToken) =>
        store.WriteAsync(prefix + name, async stream =>
        {
            await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 64 * 1024, leaveOpen: true);
            await write(text);
        }, cancellationToken);
}
