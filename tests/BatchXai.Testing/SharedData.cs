using Xunit;

namespace BatchXai.Testing;

/// <summary>Real models, images and golden outputs that are not part of the repository: a folder <c>shared/data</c> beside the checkout.</summary>
public static class SharedData
{
    private static readonly string? Root = Find();

    /// <summary>Absolute path of a file or folder of the shared data. Skips the running test, visibly, when it is absent.</summary>
    public static string PathOrSkip(string relative)
    {
        var path = Root is null ? null : Path.Combine(Root, relative);
        Assert.SkipUnless(path is not null && (File.Exists(path) || Directory.Exists(path)), $"shared/data/{relative} is not here");
        return path!;
    }

    private static string? Find()
    {
        if (Checkout.Root is { } root && Path.Combine(Path.GetDirectoryName(root) ?? "/", "shared", "data") is var beside && Directory.Exists(beside))
        {
            return beside;
        }

        return Environment.GetEnvironmentVariable("BATCHXAI_SHARED_DATA") is { Length: > 0 } given && Directory.Exists(given) ? given : null;
    }
}
