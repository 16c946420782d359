using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Datasets;
using BatchXai.Contracts.Models;
using BatchXai.Imaging;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using BatchXai.Storage.Datasets;
using BatchXai.Storage.Locations;

namespace BatchXai.Coordinator.Plan;

/// <summary>
/// Draws up to 2,000 masks of each split (reservoir sampling, seeded) and stores them, shrunk to a soft grid in the model's view, as the
/// mask bank against which focus is corrected for chance. A mask that cannot be read is left out here; its item reports it.
/// </summary>
internal sealed class MaskBankSampler(int seed)
{
    private const int Capacity = 2_000;

    private readonly Dictionary<string, Reservoir> splits = [];

    public void Offer(DatasetItem item)
    {
        if (item.Mask is null && item.Boxes is null)
        {
            return;
        }

        if (!splits.TryGetValue(item.Split, out var reservoir))
        {
            splits[item.Split] = reservoir = new(new Random(HashCode(item.Split) ^ seed));
        }

        reservoir.Offer(item);
    }

    public async Task WriteAsync(IBlobStore blobs, SourceLocations locations, Guid auditId, AuditRequest request, ModelDescription model, Dataset dataset, CancellationToken cancellationToken)
    {
        var images = locations.Open(dataset.ImageRoot);
        var masks = dataset.MaskRoot is null ? null : locations.Open(dataset.MaskRoot);
        foreach (var (split, reservoir) in splits)
        {
            var entries = new List<MaskBankEntry>();
            await Parallel.ForEachAsync(reservoir.Items, cancellationToken, async (item, stop) =>
            {
                if (await ShrinkAsync(item, request.Model.Preprocess, model, images, masks, stop) is { } entry)
                {
                    lock (entries)
                    {
                        entries.Add(entry);
                    }
                }
            });
            using var file = new MemoryStream();
            await MaskBankFile.WriteAsync(file, entries, cancellationToken);
            file.Position = 0;
            await blobs.WriteAsync(ArtifactAddresses.MaskBank(auditId, split), file, cancellationToken);
        }
    }

    private static async Task<MaskBankEntry?> ShrinkAsync(DatasetItem item, PreprocessSpec preprocess, ModelDescription model, IBlobStore images, IBlobStore? masks, CancellationToken cancellationToken)
    {
        try
        {
            var mask = item.Mask is not null
                ? PixelMask.Decode(await masks!.ReadAsync(item.Mask, cancellationToken))
                : await BoxesAsync(item, images, cancellationToken);
            var geometry = ModelView.Geometry(preprocess, mask.Width, mask.Height, model.Width, model.Height);
            var soft = mask.Project(geometry, MaskBankFile.Grid, MaskBankFile.Grid);
            var area = soft.Average(cell => (double)cell);
            return area > 0 && area < 1 ? new(item.Index, area, [.. soft.Select(cell => (byte)Math.Round(cell * 255))]) : null;
        }
        catch (Exception bad) when (bad is ImageRefusedException or UnauthorizedAccessException || (bad is IOException and not BlobsUnavailableException))
        {
            return null;
        }
    }

    private static async Task<PixelMask> BoxesAsync(DatasetItem item, IBlobStore images, CancellationToken cancellationToken)
    {
        var (width, height) = ImageDecoder.ReadSize(await images.ReadAsync(item.Path, cancellationToken));
        return PixelMask.FromBoxes(width, height, item.Boxes!.Select(box => (box.Left, box.Top, box.Right, box.Bottom)));
    }

    // string.GetHashCode differs from process to process.
    private static int HashCode(string text) => text.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter));

    private sealed class Reservoir(Random random)
    {
        private long seen;

        public List<DatasetItem> Items { get; } = [];

        public void Offer(DatasetItem item)
        {
            seen++;
            if (Items.Count < Capacity)
            {
                Items.Add(item);
            }
            else if (random.NextInt64(seen) is var place && place < Capacity)
            {
                Items[(int)place] = item;
            }
        }
    }
}
