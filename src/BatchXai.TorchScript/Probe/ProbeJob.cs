using System.Globalization;

namespace BatchXai.TorchScript.Probe;

/// <summary>What a probe is to try.</summary>
/// <param name="Archive">The archive to load.</param>
/// <param name="HasLayers">Whether its code was rewritten.</param>
/// <param name="Channels">Channels of the image.</param>
/// <param name="Height">Height of the image.</param>
/// <param name="Width">Width of the image.</param>
internal sealed record ProbeJob(string Archive, bool HasLayers, int Channels, int Height, int Width)
{
    internal const int ArgumentCount = 5;

    internal IEnumerable<string> ToArguments() =>
        [Archive, HasLayers ? "layers" : "plain", .. new[] { Channels, Height, Width }.Select(number => number.ToString(CultureInfo.InvariantCulture))];

    internal static ProbeJob FromArguments(IReadOnlyList<string> arguments) =>
        new(arguments[0], arguments[1] == "layers", Number(arguments[2]), Number(arguments[3]), Number(arguments[4]));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
