namespace BatchXai.Cli.Commands;

/// <summary>Guesses which known name was meant.</summary>
internal static class NearNames
{
    /// <summary>" Did you mean 'x'?" for the nearest known name within two edits or a third of its length, else nothing.</summary>
    public static string Hint(string given, IEnumerable<string> known)
    {
        var nearest = known.Select(name => (Name: name, Distance: Distance(given, name))).OrderBy(near => near.Distance).FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= Math.Max(2, nearest.Name.Length / 3) ? $" Did you mean '{nearest.Name}'?" : "";
    }

    /// <summary>Edits (insert, delete, replace) between two texts, upper and lower case alike.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + same));
            }
        }

        return row[^1];
    }
}
