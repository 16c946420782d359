namespace BatchXai.Storage.Datasets;

/// <summary>Finds ids that come twice, at a few dozen bytes an id however long the ids are.</summary>
internal sealed class DuplicateFinder
{
    private readonly Dictionary<UInt128, int> firstLines = [];

    /// <summary>Remembers an id; gives the line on which it came first, or null when it is new.</summary>
    public int? FirstLine(string id, int line)
    {
        var key = NameHash.Of(id);
        return firstLines.TryAdd(key, line) ? null : firstLines[key];
    }
}
