namespace BatchXai.Storage.Datasets;

/// <summary>Which files of a folder are images.</summary>
internal static class ImageFiles
{
    public const string ExtensionList = "jpg, jpeg, png, webp, bmp";

    public static IReadOnlyList<string> MaskExtensions { get; } = [".png", ".bmp", ".webp"];

    public static bool IsImage(string name) => Path.GetExtension(name).ToUpperInvariant() is ".JPG" or ".JPEG" or ".PNG" or ".WEBP" or ".BMP";

    /// <summary>Hidden files and what file managers leave behind.</summary>
    public static bool IsHidden(string name) =>
        name.StartsWith('.') || name is "__MACOSX" || name.Equals("Thumbs.db", StringComparison.OrdinalIgnoreCase) || name.Equals("desktop.ini", StringComparison.OrdinalIgnoreCase);
}
