namespace BatchXai.Storage.Blobs;

/// <summary>What a relative path may look like, before anything is looked up.</summary>
internal static class RelativePath
{
    /// <summary>Why a forward-slash path is refused; null when it is fine.</summary>
    public static string? Refusal(string path)
    {
        if (path.Length == 0)
        {
            return "it is empty";
        }

        if (path[0] == '/' || Path.IsPathRooted(path))
        {
            return "it is an absolute path";
        }

        // On Windows a backslash separates and a colon names a drive or a stream; elsewhere both are letters like any other.
        if (path.Contains('\0') || (OperatingSystem.IsWindows() && path.AsSpan().ContainsAny('\\', ':')))
        {
            return "it has a character that paths may not have";
        }

        foreach (var segment in path.AsSpan().Split('/'))
        {
            switch (path.AsSpan(segment))
            {
                case "..":
                    return "it has a '..' segment";
                case "" or ".":
                    return "it has an empty or '.' segment";
            }
        }

        return null;
    }
}
