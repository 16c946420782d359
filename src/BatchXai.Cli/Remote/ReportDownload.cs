using BatchXai.Contracts;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Report;

namespace BatchXai.Cli.Remote;

/// <summary>Fetches the report of an audit into a folder, as <c>batchxai run</c> writes it.</summary>
internal sealed class ReportDownload(CoordinatorClient client, Guid auditId, string folder)
{
    /// <summary>Fetches all files; returns the report.</summary>
    /// <exception cref="UserErrorException">The audit has no report, or the folder cannot be written.</exception>
    public async Task<OverfittingReport> FetchAsync(CancellationToken cancellationToken)
    {
        var report = await client.ReportAsync(auditId, cancellationToken);
        try
        {
            foreach (var (name, file) in new[] { ("report", "report.json"), ("report.html", "report.html"), ("model-card.md", "model-card.md"), ("classes.csv", "classes.csv"), ("items.csv", "items.csv") })
            {
                await FetchAsync(name, file, cancellationToken);
            }

            // The server names the pictures; none of them may lead out of the folder.
            foreach (var picture in ReportPictures.NamedIn(report).Where(name => name == $"evidence/{Path.GetFileName(name)}"))
            {
                await FetchAsync(picture, picture, cancellationToken);
            }
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The report cannot be written to '{folder}': {full.Message} Free some space, or choose another --out.");
        }

        return report;
    }

    private async Task FetchAsync(string name, string file, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var answer = await client.ReportFileAsync(auditId, name, cancellationToken);
        var partial = path + ".partial";
        try
        {
            await using (var stream = File.Create(partial))
            {
                await answer.Content.CopyToAsync(stream, cancellationToken);
            }

            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
