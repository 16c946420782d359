using System.Text.Json;
using BatchXai.Contracts;
using BatchXai.Coordinator.Front.Places;
using BatchXai.Coordinator.Report;
using Microsoft.Extensions.Caching.Memory;

namespace BatchXai.Coordinator.Front.Audits;

/// <summary>Glances at reports. A report may be written again, so that none is kept for long.</summary>
internal sealed class ReportGlances : IDisposable
{
    private const int Most = 1_000;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);
    private readonly MemoryCache seen = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <summary>A glance at the report of an audit that is done; null: it is gone, or cannot be read.</summary>
    public async Task<ReportGlance?> FindAsync(AuditPlace place, Guid audit, CancellationToken cancellationToken)
    {
        if (seen.TryGetValue((place, audit), out ReportGlance? known))
        {
            return known;
        }

        try
        {
            await using var file = await place.Blobs.OpenReadAsync(place.Reporter.AddressOf(audit, "report.json"), cancellationToken);
            var glance = await JsonSerializer.DeserializeAsync<ReportGlance>(file, ReportJson.Options, cancellationToken);
            return seen.Set((place, audit), glance, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Kept });
        }
        catch (Exception lost) when (lost is FileNotFoundException or JsonException or UserErrorException)
        {
            return null;
        }
    }

    public void Dispose() => seen.Dispose();
}
