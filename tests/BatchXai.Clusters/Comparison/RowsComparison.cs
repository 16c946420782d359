using System.Globalization;
using BatchXai.Contracts.Results;

namespace BatchXai.Clusters.Comparison;

/// <summary>How the rows of an audit differ from those of the same audit undisturbed.</summary>
/// <param name="Lost">Rows that are missing.</param>
/// <param name="Duplicated">Rows that are there once more than they should be.</param>
/// <param name="Different">What else differs, a line each.</param>
public sealed record RowsComparison(IReadOnlyList<string> Lost, IReadOnlyList<string> Duplicated, IReadOnlyList<string> Different)
{
    private const int MostShown = 10;

    public bool Same => Lost.Count + Duplicated.Count + Different.Count == 0;

    /// <summary>
    /// Rows are matched by item, method and target. Words, whole numbers and outcomes are equal; scores and maps are within 1e-4 of the map's maximum;
    /// measures of equal maps are within 1e-6. Where a heatmap lies in its file depends on the shard, so it is left out.
    /// </summary>
    public static RowsComparison Of(IEnumerable<ItemResult> expected, IEnumerable<ItemResult> actual)
    {
        var (wanted, found) = (expected.ToLookup(Key), actual.ToLookup(Key));
        List<string> lost = [], duplicated = [], different = [];
        foreach (var key in wanted.Select(rows => rows.Key).Union(found.Select(rows => rows.Key)).Order())
        {
            var surplus = found[key].Count() - wanted[key].Count();
            (surplus < 0 ? lost : duplicated).AddRange(Enumerable.Repeat(Name(key), Math.Abs(surplus)));
            different.AddRange(wanted[key].Zip(found[key]).SelectMany(pair => RowDifference.Between(pair.First, pair.Second)).Select(text => $"{Name(key)}: {text}"));
        }

        return new(lost, duplicated, different);
    }

    public override string ToString() =>
        Same ? "the rows are the same" : string.Join('\n', Section("lost", Lost).Concat(Section("duplicated", Duplicated)).Concat(Section("different", Different)));

    private static (long Item, string Method, string Target) Key(ItemResult row) => (row.Item, row.Method ?? "", row.Target ?? "");

    private static string Name((long Item, string Method, string Target) key) => string.Create(CultureInfo.InvariantCulture, $"item {key.Item} {key.Method} {key.Target}").TrimEnd();

    private static IEnumerable<string> Section(string title, IReadOnlyList<string> lines) =>
        lines.Count == 0 ? [] : [$"{title}: {lines.Count}", .. lines.Take(MostShown).Select(line => $"  {line}"), .. lines.Count > MostShown ? (string[])["  …"] : []];
}
