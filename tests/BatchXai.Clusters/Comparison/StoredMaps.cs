using System.Globalization;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using BatchXai.Storage.Artifacts;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Clusters.Comparison;

/// <summary>The heatmaps of an audit's counted runs, by item, method and target.</summary>
public sealed class StoredMaps
{
    private const double OfMaximum = 1e-4;
    private readonly SortedDictionary<(long Item, string Method, string Target), float[]> maps = [];

    public int Count => maps.Count;

    /// <summary>Where the maps differ by more than 1e-4 of the map's maximum, a line each; empty: nowhere.</summary>
    public IEnumerable<string> DifferencesFrom(StoredMaps expected)
    {
        ArgumentNullException.ThrowIfNull(expected);
        foreach (var key in maps.Keys.Union(expected.maps.Keys).Order())
        {
            if (!maps.TryGetValue(key, out var map) || !expected.maps.TryGetValue(key, out var other) || map.Length != other.Length)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"item {key.Item} {key.Method} {key.Target}: only one side has a map of this size");
                continue;
            }

            // Two neighbouring half-precision numbers differ by more: one such step is no difference.
            var largest = map.Zip(other).Max(pair => Math.Abs(pair.First - pair.Second) - Step(pair.Second));
            if (largest > OfMaximum * other.Max(Math.Abs))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"item {key.Item} {key.Method} {key.Target}: the maps differ by {largest} where the maximum is {other.Max()}");
            }
        }
    }

    /// <summary>Reads what lies at an artifact address with <paramref name="open"/>.</summary>
    internal static async Task<StoredMaps> OfAsync(AuditDb db, Guid audit, Func<string, Task<Stream>> open, CancellationToken ct)
    {
        var runs = await db.Shards.AsNoTracking().Where(shard => shard.AuditId == audit && shard.State == ShardState.Done).ToDictionaryAsync(shard => shard.Number, shard => shard.RunId!.Value, ct);
        var rows = await db.Items.AsNoTracking().Where(row => row.AuditId == audit).ToListAsync(ct);
        var stored = new StoredMaps();
        foreach (var file in rows.Where(row => row.Result.MapRow is not null).GroupBy(row => (row.Shard, Method: row.Result.Method!)))
        {
            await using var reader = await NpyReader.OpenAsync(await open(ArtifactAddresses.Maps(audit, file.Key.Shard, runs[file.Key.Shard], file.Key.Method)), ct);
            foreach (var row in file)
            {
                stored.maps.Add((row.Item, file.Key.Method, row.Result.Target!), await reader.ReadRowAsync(row.Result.MapRow!.Value, ct));
            }
        }

        return stored;
    }

    private static float Step(float value) => Math.Max(Math.Abs(value) / 1024, 1e-7f);
}
