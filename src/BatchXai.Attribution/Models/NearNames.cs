namespace BatchXai.Attribution.Models;

/// <summary>Names that a person may have meant.</summary>
public static class NearNames
{
    private const int Most = 3;

    /// <summary>"Did you mean …?" with the names nearest by edit distance (Levenshtein 1966), or the last names when none is near.</summary>
    internal static string Suggest(string wanted, IReadOnlyCollection<string> names)
    {
        var near = names
            .Select(name => (Name: name, Distance: Distance(wanted, name)))
            .Where(candidate => candidate.Distance <= Math.Max(2, wanted.Length / 3) || candidate.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase))
            .OrderBy(candidate => candidate.Distance)
            .Take(Most)
            .Select(candidate => $"'{candidate.Name}'")
            .ToList();
        return near.Count > 0
            ? $"Did you mean {string.Join(", ", near)}?"
            : $"There are {names.Count}, the last being {string.Join(", ", names.TakeLast(Most).Select(name => $"'{name}'"))}.";
    }

    /// <summary>Edits (insert, delete, replace) between two texts, upper and lower case alike.</summary>
    public static int Distance(string wanted, string name)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(name);
        var row = Enumerable.Range(0, name.Length + 1).ToArray();
        for (var i = 1; i <= wanted.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= name.Length; j++)
            {
                var substituted = diagonal + (char.ToUpperInvariant(wanted[i - 1]) == char.ToUpperInvariant(name[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
