using System.Text;
using System.Text.Json;
using BatchXai.Contracts;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Components;
using BatchXai.Coordinator.Report;
using BatchXai.Storage.Blobs;

namespace BatchXai.Coordinator.Compare;

/// <summary>Writes a comparison: <c>comparison.json</c>, <c>comparison.html</c> (one self-contained file) and <c>comparison.md</c>. Each appears whole or not at all.</summary>
/// <param name="store">Where the files go.</param>
public sealed class ComparisonWriter(IBlobStore store)
{
    /// <summary>Writes all files over an earlier comparison.</summary>
    /// <exception cref="UserErrorException">The store cannot be written.</exception>
    public async Task WriteAsync(ComparisonReport report, CancellationToken cancellationToken)
    {
        await store.WriteAsync("comparison.json", JsonSerializer.SerializeToUtf8Bytes(report, ReportJson.Options), cancellationToken);
        await store.WriteAsync("comparison.md", Encoding.UTF8.GetBytes(ComparisonMarkdown.Of(report)), cancellationToken);
        var page = new StringWriter();
        await HtmlPage.WriteAsync<ComparisonDocument>(new Dictionary<string, object?> { [nameof(ComparisonDocument.Report)] = report }, page, cancellationToken);
        await store.WriteAsync("comparison.html", Encoding.UTF8.GetBytes(page.ToString()), cancellationToken);
    }
}
