using Microsoft.Playwright;

namespace BatchXai.Browser.Tests.Browsing;

/// <summary>On what a page is looked at.</summary>
/// <param name="Name">For files and messages.</param>
/// <param name="Width">Of the window, pixels.</param>
/// <param name="Height">Of the window, pixels.</param>
/// <param name="Scheme">Light or dark.</param>
public sealed record Look(string Name, int Width, int Height, ColorScheme Scheme)
{
    public static Look Desktop { get; } = new("desktop-light", 1280, 800, ColorScheme.Light);

    public static Look Phone { get; } = new("phone-dark", 390, 844, ColorScheme.Dark);

    /// <summary>Both widths and both schemes, for what depends on one of them but not on both together.</summary>
    public static IReadOnlyList<Look> Opposite { get; } = [Desktop, Phone];

    public static IReadOnlyList<Look> All { get; } =
        [Desktop, new("desktop-dark", 1280, 800, ColorScheme.Dark), new("phone-light", 390, 844, ColorScheme.Light), Phone];
}
