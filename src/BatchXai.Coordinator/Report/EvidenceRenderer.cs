using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Results;
using BatchXai.Imaging;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using BatchXai.Storage.Locations;

namespace BatchXai.Coordinator.Report;

/// <summary>Draws items: the image as the model saw it, and the same with heatmap and object outline.</summary>
/// <param name="plan">The audit.</param>
/// <param name="blobs">Where its artifacts lie.</param>
/// <param name="locations">Where its images and masks lie.</param>
/// <param name="runs">Shard → the run that won it.</param>
public sealed class EvidenceRenderer(AuditPlan plan, IBlobStore blobs, SourceLocations locations, IReadOnlyDictionary<int, Guid> runs)
{
    private readonly ItemImages images = new(plan, locations);

    /// <summary>Item → pictures. An item whose image or heatmap is gone or unreadable is left out: it is listed without a picture.</summary>
    public async Task<IReadOnlyDictionary<long, EvidencePictures>> RenderAsync(
        IReadOnlyList<ItemResult> items, CancellationToken cancellationToken)
    {
        var numbers = items.Select(row => row.Item).ToHashSet();
        var located = await new ItemLocator(plan, blobs, [.. runs.Keys]).FindAsync(numbers, cancellationToken);
        var pictures = new Dictionary<long, EvidencePictures>();
        foreach (var row in items)
        {
            if (located.TryGetValue(row.Item, out var place) && await TryDrawAsync(row, place, cancellationToken) is { } drawn)
            {
                pictures[row.Item] = drawn;
            }
        }

        return pictures;
    }

    private async Task<EvidencePictures?> TryDrawAsync(ItemResult row, LocatedItem place, CancellationToken cancellationToken)
    {
        try
        {
            return row is { Method: { } method, MapRow: { } mapRow } ? await DrawAsync(method, mapRow, place, cancellationToken) : null;
        }
        catch (Exception error) when (ItemImages.IsLoss(error))
        {
            return null;
        }
    }

    private async Task<EvidencePictures> DrawAsync(string method, int mapRow, LocatedItem place, CancellationToken cancellationToken)
    {
        var (width, height) = (plan.Model.Width, plan.Model.Height);
        var seen = await images.ReadAsync(place.Item, cancellationToken);
        var mask = await images.MaskAsync(place.Item, seen, cancellationToken);
        var map = await EvidenceMap.ReadAsync(blobs, ArtifactAddresses.Maps(plan.AuditId, place.Shard, runs[place.Shard], method), mapRow, cancellationToken);
        var overlay = OverlayRenderer.Render(seen.View, width, height, map.Values, map.Height, map.Width, mask ?? []);
        return new EvidencePictures(OverlayRenderer.RenderImage(seen.View, width, height), overlay);
    }
}
