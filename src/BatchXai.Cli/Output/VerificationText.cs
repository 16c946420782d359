using System.Globalization;
using BatchXai.Cli.Commands.Verify;
using Spectre.Console;

namespace BatchXai.Cli.Output;

/// <summary>A verified model for a person.</summary>
internal static class VerificationText
{
    /// <summary>Writes all of it.</summary>
    public static void Show(Screen screen, Verification verification)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("output", "shape", "largest error", "relative", "at", "found", "expected", "verdict");
        foreach (var output in verification.Outputs)
        {
            table.AddRow(Cells(output).Select(Markup.Escape).ToArray());
        }

        var within = verification.Outputs.Count(output => output.Within);
        screen.Results.Write(table);
        screen.Results.WriteLine($"{verification.File}: {within} of {verification.Outputs.Count} outputs within {Number(verification.Tolerance)} of the largest expected element");
    }

    private static IEnumerable<string> Cells(OutputVerdict output)
    {
        var (shape, expected) = (Shape(output.Shape), Shape(output.ExpectedShape));
        var position = output.Position is null ? "" : $"[{string.Join(", ", output.Position)}]";
        return
        [
            output.Name, shape, Error(output.LargestError), Error(output.RelativeError), position,
            position.Length > 0 ? Number(output.Actual) : "", position.Length > 0 ? Number(output.Expected) : "",
            output.Within ? "within" : shape == expected ? "differs" : $"expected shape {expected}",
        ];

        string Error(double? value) => shape == expected ? Number(value) : "";
    }

    private static string Shape(IReadOnlyList<long> sides) => sides.Count == 0 ? "scalar" : string.Join('×', sides);

    private static string Number(double? value) => value?.ToString("G4", CultureInfo.InvariantCulture) ?? "not finite";
}
