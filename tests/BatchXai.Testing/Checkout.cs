namespace BatchXai.Testing;

/// <summary>The checkout that the running tests were built in.</summary>
public static class Checkout
{
    /// <summary>The folder of the solution above the test program; null when build output lies elsewhere.</summary>
    public static string? Root { get; } = Find();

    private static string? Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "BatchXai.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName;
    }
}
