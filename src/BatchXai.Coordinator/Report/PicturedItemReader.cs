using BatchXai.Contracts;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Results;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using BatchXai.Storage.Causal;

namespace BatchXai.Coordinator.Report;

/// <summary>Reads the pictures of tested items that the runs that count have kept.</summary>
/// <param name="plan">The audit.</param>
/// <param name="blobs">Where its artifacts lie.</param>
/// <param name="runs">Shard → the run that won it.</param>
internal sealed class PicturedItemReader(AuditPlan plan, IBlobStore blobs, IReadOnlyDictionary<int, Guid> runs)
{
    private const long MaxFileBytes = 16L << 20;

    private readonly Dictionary<int, IReadOnlyList<PicturedItem>> known = [];

    /// <summary>The first few of the items of which pictures were kept, in the order given.</summary>
    public async Task<IReadOnlyList<DrawnEvidence>> ReadAsync(IReadOnlyList<long> items, CancellationToken cancellationToken)
    {
        var located = await new ItemLocator(plan, blobs, [.. runs.Keys]).FindAsync(items, cancellationToken);
        var drawn = new List<DrawnEvidence>();
        foreach (var item in items.Where(located.ContainsKey))
        {
            var shard = located[item].Shard;
            if (drawn.Count < EvidenceRule.MostOfReport && (await KeptAsync(shard, cancellationToken)).FirstOrDefault(evidence => evidence.Item == item) is { } found)
            {
                drawn.Add(await DrawnAsync(found, ArtifactAddresses.Run(plan.AuditId, shard, runs[shard]), cancellationToken));
            }
        }

        return drawn;
    }

    /// <summary>What the run of a shard has kept pictures of.</summary>
    public async Task<IReadOnlyList<PicturedItem>> KeptAsync(int shard, CancellationToken cancellationToken)
    {
        if (!known.TryGetValue(shard, out var kept))
        {
            kept = await OrLostAsync(() => blobs.ReadJsonAsync<List<PicturedItem>>(ArtifactAddresses.Evidence(plan.AuditId, shard, runs[shard]), cancellationToken)) ?? [];
            known[shard] = kept;
        }

        return kept;
    }

    /// <summary>The names are made again, not taken from the file: a report writes under them.</summary>
    private async Task<DrawnEvidence> DrawnAsync(PicturedItem evidence, string folder, CancellationToken cancellationToken)
    {
        var (views, pictures) = (new List<PicturedTest>(), new Dictionary<string, byte[]>());
        foreach (var view in evidence.Tests.Prepend(evidence.Before))
        {
            var name = ArtifactAddresses.EvidencePicture(evidence.Item, view.Test);
            var picture = await OrLostAsync(() => blobs.ReadAsync(folder + name, MaxFileBytes, cancellationToken));
            views.Add(view with { Picture = picture is null ? null : name });
            if (picture is not null)
            {
                pictures[name] = picture;
            }
        }

        return new(evidence with { Before = views[0], Tests = views[1..] }, pictures);
    }

    /// <summary>What is lost costs a picture, not the report.</summary>
    private static async Task<T?> OrLostAsync<T>(Func<Task<T>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (Exception lost) when (lost is UserErrorException or UnauthorizedAccessException or InvalidDataException || (lost is IOException and not BlobsUnavailableException))
        {
            return null;
        }
    }
}
