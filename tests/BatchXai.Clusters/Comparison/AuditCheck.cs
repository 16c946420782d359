using System.Globalization;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Results;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;

namespace BatchXai.Clusters.Comparison;

/// <summary>Whether an audit of a cluster ended as the same audit does undisturbed: nothing lost, nothing counted twice, every figure the same.</summary>
/// <param name="Rows">The rows against those of the undisturbed audit.</param>
/// <param name="Problems">What else is wrong, a line each.</param>
public sealed record AuditCheck(RowsComparison Rows, IReadOnlyList<string> Problems)
{
    public bool Right => Rows.Same && Problems.Count == 0;

    public static async Task<AuditCheck> OfAsync(ClusterDatabase database, Guid audit, IReadOnlyList<ItemResult> undisturbed, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(database);
        var (row, shards, rows) = (await database.AuditAsync(audit, ct), await database.ShardsAsync(audit, ct), await database.RowsAsync(audit, ct));
        var items = undisturbed.Select(expected => expected.Item).Distinct().LongCount();
        List<string> problems = [];
        if (row.State != AuditState.Done)
        {
            problems.Add($"the audit is {row.State}: {row.Error ?? "no error"}");
        }

        if (row.Items != items)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"the manifest has {row.Items} items, expected {items}"));
        }

        problems.AddRange(Gaps(shards, row.Items));
        return new(RowsComparison.Of(undisturbed, rows), problems);
    }

    public override string ToString() => string.Join('\n', Problems.Append(Rows.ToString()));

    /// <summary>The shards that were counted cover the dataset once, without holes.</summary>
    private static IEnumerable<string> Gaps(IEnumerable<ShardRow> shards, long items)
    {
        var next = 0L;
        foreach (var shard in shards.Where(shard => shard.State != ShardState.Split))
        {
            if (shard.State != ShardState.Done)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"shard {shard.Number} is {shard.State}: {shard.Error}");
            }

            if (shard.FirstItem != next)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"shard {shard.Number} begins at item {shard.FirstItem}, expected {next}");
            }

            next = shard.FirstItem + shard.Items;
        }

        if (next != items)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"the shards end at item {next}, expected {items}");
        }
    }
}
