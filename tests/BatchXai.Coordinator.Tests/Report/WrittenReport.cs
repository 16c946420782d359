using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Report;
using BatchXai.Coordinator.Tests.Aggregate;
using BatchXai.Storage.Blobs;
using Xunit;

namespace BatchXai.Coordinator.Tests.Report;

/// <summary>A report written to a folder of its own, which goes with it.</summary>
internal sealed class WrittenReport : IDisposable
{
    private WrittenReport(OverfittingReport report) => Report = report;

    public OverfittingReport Report { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("batchxai-report-").FullName;

    public static async Task<WrittenReport> OfAsync(
        IReadOnlyList<ItemResult> rows, IReadOnlyDictionary<long, EvidencePictures>? evidence = null) =>
        await OfAsync(await Sample.BuildAsync(rows), rows, ReportPictures.None with { Listed = evidence ?? ReportPictures.None.Listed });

    public static async Task<WrittenReport> OfAsync(OverfittingReport report, IReadOnlyList<ItemResult> rows, ReportPictures pictures)
    {
        var written = new WrittenReport(report);
        await written.WriteAgainAsync(Sample.Stream(rows), pictures);
        return written;
    }

    public Task WriteAgainAsync(IAsyncEnumerable<ItemResult> rows, ReportPictures? pictures = null, string prefix = "") =>
        new ReportWriter(new FolderBlobStore(Folder), prefix).WriteAsync(Report, pictures ?? ReportPictures.None, rows, TestContext.Current.CancellationToken);

    public string Text(string name) => File.ReadAllText(Path.Combine(Folder, name));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
