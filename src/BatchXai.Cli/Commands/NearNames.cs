namespace BatchXai.Cli.Commands;

/// <summary>Guesses which known name was meant.</summary>
internal static class NearNames
{
    /// <summary>" Did you mean 'x'?" for the nearest known name within two edits or a third of its length, else nothing.</summary>
    public static string Hint(string given, IEnumerable<string> known)
    {
        var nearest = known.Select(name => (Name: name, Distance: Attribution.Models.NearNames.Distance(given, name))).OrderBy(near => near.Distance).FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= Math.Max(2, nearest.Name.Length / 3) ? $" Did you mean '{nearest.Name}'?" : "";
    }
}
