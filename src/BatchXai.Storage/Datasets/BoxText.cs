using System.Globalization;
using BatchXai.Contracts.Datasets;

namespace BatchXai.Storage.Datasets;

/// <summary>Boxes in pixels: "left top right bottom; …" in CSV, four numbers each in JSON.</summary>
internal static class BoxText
{
    private const string Expected = "expected left top right bottom in pixels, with left < right and top < bottom";

    public static bool TryParse(string text, out IReadOnlyList<Box>? boxes, out string? problem)
    {
        (boxes, problem) = (null, null);
        var found = new List<Box>();
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var numbers = new List<double>();
            foreach (var word in part.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                numbers.Add(double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN);
            }

            if (Make(numbers, out problem) is not { } box)
            {
                return false;
            }

            found.Add(box);
        }

        boxes = found.Count == 0 ? null : found;
        return true;
    }

    public static Box? Make(IReadOnlyList<double> numbers, out string? problem)
    {
        problem = numbers is not [var left, var top, var right, var bottom] || !numbers.All(double.IsFinite) || left >= right || top >= bottom ? Expected : null;
        return problem is null ? new Box(numbers[0], numbers[1], numbers[2], numbers[3]) : null;
    }
}
