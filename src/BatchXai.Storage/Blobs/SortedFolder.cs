using System.IO.Enumeration;
using BatchXai.Contracts;

namespace BatchXai.Storage.Blobs;

/// <summary>One entry of a folder.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsFolder">A folder, or a link to one.</param>
/// <param name="IsLink">A symbolic link.</param>
internal readonly record struct FolderEntry(string Name, bool IsFolder, bool IsLink);

/// <summary>Folders in an order that makes a walk through them ordinal by whole path.</summary>
internal static class SortedFolder
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false, RecurseSubdirectories = false };

    /// <exception cref="UserErrorException">The folder cannot be read.</exception>
    public static List<FolderEntry> Entries(string folder)
    {
        try
        {
            var entries = new FileSystemEnumerable<FolderEntry>(
                folder,
                (ref FileSystemEntry entry) => new(entry.FileName.ToString(), entry.IsDirectory, (entry.Attributes & FileAttributes.ReparsePoint) != 0),
                Everything).ToList();
            entries.Sort(Compare);
            return entries;
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new UserErrorException($"The folder {Shown.Text(folder)} cannot be read: {error.Message} Check that it exists and that this user may read it.");
        }
    }

    /// <summary>What an entry is sorted by, ordinally: "a-b" stands before "a/c" because '-' &lt; '/', so a folder counts as its name with a slash.</summary>
    public static string Key(FolderEntry entry) => entry.IsFolder ? entry.Name + "/" : entry.Name;

    // The same without making the key.
    private static int Compare(FolderEntry x, FolderEntry y)
    {
        var common = Math.Min(x.Name.Length, y.Name.Length);
        var order = string.CompareOrdinal(x.Name, 0, y.Name, 0, common);
        return order != 0 ? order : After(x, common) - After(y, common);
    }

    private static int After(FolderEntry entry, int place) => place < entry.Name.Length ? entry.Name[place] : entry.IsFolder ? '/' : -1;
}
