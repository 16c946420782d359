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
        IReadOnlyList<ItemResult> rows, IReadOnlyDictionary<long, EvidencePictures>? evidence = null)
    {
        var written = new WrittenReport(await Sample.BuildAsync(rows));
        await written.WriteAgainAsync(Sample.Stream(rows), evidence);
        return written;
    }

    public Task WriteAgainAsync(IAsyncEnumerable<ItemResult> rows, IReadOnlyDictionary<long, EvidencePictures>? evidence = null, string prefix = "") =>
        new ReportWriter(new FolderBlobStore(Folder), prefix).WriteAsync(Report, evidence ?? new Dictionary<long, EvidencePictures>(), rows, TestContext.Current.CancellationToken);

    public string Text(string name) => File.ReadAllText(Path.Combine(Folder, name));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
