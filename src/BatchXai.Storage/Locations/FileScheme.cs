using BatchXai.Storage.Blobs;

namespace BatchXai.Storage.Locations;

/// <summary>Paths on this machine, also as <c>file:///path</c>.</summary>
/// <param name="roots">Folders that paths must lie below, links resolved; null: any path, relative ones too.</param>
internal sealed class FileScheme(IReadOnlyList<string>? roots) : SourceScheme
{
    private const string Uri = "file://";

    private readonly IReadOnlyList<RootedFolder>? folders = roots?.Select(root => new RootedFolder(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)))).ToList();

    public override string Expected => folders switch
    {
        null => "a path",
        [] => "",
        _ => $"a path below {string.Join(" or ", folders.Select(folder => folder.Root))}",
    };

    public override (string Normal, string? Refusal) Read(string location)
    {
        var path = location;
        if (location.StartsWith(Uri, StringComparison.OrdinalIgnoreCase))
        {
            path = System.Uri.UnescapeDataString(location[Uri.Length..]);
            if (path is not ['/', ..])
            {
                return ("", "it names another machine");
            }

            path = OperatingSystem.IsWindows() ? path[1..] : path;
        }

        return path.Contains('\0') ? ("", "it has a character that paths may not have")
            : folders is null ? (Full(path), null)
            : Below(folders, path);
    }

    public override Task<LocationKind> FindAsync(string location, CancellationToken cancellationToken) =>
        Task.FromResult(File.Exists(location) ? LocationKind.File : Directory.Exists(location) ? LocationKind.Folder : LocationKind.Nothing);

    public override IBlobStore Store(string folder) => new FolderBlobStore(folder);

    public override FileTree Tree(string folder) => new FolderTree(folder);

    public override Task<Stream> OpenFileAsync(string location, CancellationToken cancellationToken) =>
        Task.FromResult(LocalFile.OpenRead(location, Shown.Text(location)));

    public override (string Folder, string Name)? Split(string location) => Path.GetDirectoryName(location) is { } folder ? (folder, Path.GetFileName(location)) : null;

    private static string Full(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    private static (string Normal, string? Refusal) Below(IReadOnlyList<RootedFolder> folders, string path)
    {
        if (path.StartsWith("//", StringComparison.Ordinal) || path.StartsWith(@"\\", StringComparison.Ordinal))
        {
            return ("", "it names another machine");
        }

        if (!Path.IsPathFullyQualified(path))
        {
            return ("", "it is a relative path, which has no meaning on a server");
        }

        if (path.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).Contains(".."))
        {
            return ("", "it has a '..' segment");
        }

        var full = Full(path);
        if (folders.FirstOrDefault(folder => IsBelow(full, folder.Root)) is not { } root)
        {
            return ("", "it lies outside the folders that may be read");
        }

        var relative = full == root.Root ? null : Path.GetRelativePath(root.Root, full).Replace(Path.DirectorySeparatorChar, '/');
        return (full, relative is null ? null : root.Refusal(relative));
    }

    private static bool IsBelow(string path, string root) =>
        path == root || path.StartsWith(Path.EndsInDirectorySeparator(root) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
