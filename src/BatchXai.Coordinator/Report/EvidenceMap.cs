using BatchXai.Coordinator.Aggregate;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;

namespace BatchXai.Coordinator.Report;

/// <summary>One stored heatmap, to be drawn.</summary>
internal static class EvidenceMap
{
    /// <summary>Reads it. Measures look at positive evidence only, so pictures do too: what is negative is 0.</summary>
    public static async Task<StoredMap> ReadAsync(IBlobStore blobs, string address, int row, CancellationToken cancellationToken)
    {
        await using var maps = await NpyReader.OpenAsync(await blobs.OpenReadAsync(address, cancellationToken), cancellationToken);
        var map = await maps.ReadRowAsync(row, cancellationToken);
        return new(maps.Height, maps.Width, Array.ConvertAll(map, value => Math.Max(value, 0)));
    }
}
