using BatchXai.Statistics.Verdicts;

namespace BatchXai.Coordinator.Compare;

/// <summary>What is kept of the pairs: a few dozen bytes a pair and map.</summary>
internal sealed class PairedItems
{
    private readonly Dictionary<MapKey, List<ComparedItem>> maps = [];
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> groups = new(StringComparer.Ordinal);
    private int alone;

    /// <summary>Pairs that enter figures.</summary>
    public long Count { get; private set; }

    /// <summary>Pairs whose two labels differ.</summary>
    public long OtherLabel { get; private set; }

    /// <summary>Items come in groups.</summary>
    public bool Grouped => groups.Count > 0;

    /// <summary>Right or wrong, for the pairs that know it from both models.</summary>
    public List<ComparedItem> Answers { get; } = [];

    /// <summary>κ of both models, by map in the order of the first audit's rows.</summary>
    public IEnumerable<(MapKey Map, List<ComparedItem> Pairs)> Maps => maps.Select(entry => (entry.Key, entry.Value));

    public void Add(SeenItem first, SeenItem second)
    {
        if (first.Label != second.Label)
        {
            OtherLabel++;
            return;
        }

        Count++;
        // Each row brings a text of its own; a million items share their class's.
        var name = first.Label is { } label ? Shared(label) : null;
        var group = first.Group is { } itsGroup ? NumberOf(itsGroup) : --alone;
        if (first.Correct is not null && second.Correct is not null)
        {
            Answers.Add(new ComparedItem(null, null, first.Correct, second.Correct, name, group));
        }

        foreach (var (map, focus) in first.Maps)
        {
            foreach (var (_, itsFocus) in second.Maps.Where(other => other.Map == map))
            {
                Of(map).Add(new ComparedItem(focus, itsFocus, null, null, name, group));
            }
        }
    }

    private List<ComparedItem> Of(MapKey map)
    {
        if (!maps.TryGetValue(map, out var pairs))
        {
            maps[map] = pairs = [];
        }

        return pairs;
    }

    private string Shared(string name)
    {
        names.TryAdd(name, name);
        return names[name];
    }

    private int NumberOf(string group)
    {
        groups.TryAdd(group, groups.Count);
        return groups[group];
    }
}
