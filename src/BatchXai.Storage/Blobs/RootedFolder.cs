using BatchXai.Contracts;

namespace BatchXai.Storage.Blobs;

/// <summary>A folder that no relative path may leave: not by "..", not as an absolute path, not through a symbolic link.</summary>
internal sealed class RootedFolder(string root)
{
    private const int MaxLinks = 40;

    private string? real;

    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>The file-system path of an address, links resolved (the last one only if <paramref name="followLast"/>).</summary>
    /// <exception cref="UserErrorException">The address leaves the folder.</exception>
    public string Resolve(string address, bool followLast = true) =>
        Refusal(address, followLast, out var path) is { } reason
            ? throw new UserErrorException($"'{Shown.Text(address)}' is refused: {reason}. Addresses are relative paths below {Root}.")
            : path;

    /// <summary>Why an address is refused; null when it is fine.</summary>
    public string? Refusal(string address) => Refusal(address, followLast: true, out _);

    private string? Refusal(string address, bool followLast, out string path)
    {
        path = "";
        if (RelativePath.Refusal(address) is { } lexical)
        {
            return lexical;
        }

        var top = real ?? Path.TrimEndingDirectorySeparator(RealPath(Path.GetPathRoot(Root)!, Path.GetRelativePath(Path.GetPathRoot(Root)!, Root), true) ?? Root);
        if (Directory.Exists(top))
        {
            real = top;
        }

        var found = RealPath(top, address, followLast);
        if (found is null)
        {
            return "its symbolic links run in a circle";
        }

        path = found;
        return IsBelow(found, top) ? null : "a symbolic link leads out of the folder";
    }

    private static bool IsBelow(string path, string top) =>
        path.StartsWith(Path.EndsInDirectorySeparator(top) ? top : top + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Resolves every link on the way; what does not exist stays as written. Null: too many links.</summary>
    private static string? RealPath(string start, string relative, bool followLast)
    {
        var pending = new Stack<string>();
        Push(pending, relative);
        var current = start;
        var links = 0;
        while (pending.TryPop(out var segment))
        {
            if (segment == "..")
            {
                current = Path.GetDirectoryName(current) ?? current;
                continue;
            }

            var next = Path.Combine(current, segment);
            var target = followLast || pending.Count > 0 ? new FileInfo(next).LinkTarget : null;
            if (target is null)
            {
                current = next;
                continue;
            }

            if (++links > MaxLinks)
            {
                return null;
            }

            if (Path.IsPathRooted(target))
            {
                current = Path.GetPathRoot(target)!;
                target = Path.GetRelativePath(current, target);
            }

            Push(pending, target);
        }

        return current;
    }

    private static void Push(Stack<string> pending, string relative)
    {
        var segments = relative.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
        for (var i = segments.Length - 1; i >= 0; i--)
        {
            if (segments[i] is not ("" or "."))
            {
                pending.Push(segments[i]);
            }
        }
    }
}
