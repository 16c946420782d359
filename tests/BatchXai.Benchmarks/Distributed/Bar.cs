using System.Globalization;

namespace BatchXai.Benchmarks.Distributed;

/// <summary>A measured figure and the bar that it is held to.</summary>
/// <param name="Figure">What was measured.</param>
/// <param name="Value">The measurement.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="AtMost">The bar from above; null: it is one from below, or there is none.</param>
/// <param name="AtLeast">The bar from below.</param>
internal sealed record Bar(string Figure, double Value, string Unit, double? AtMost = null, double? AtLeast = null)
{
    private bool IsMet => !(Value > AtMost) && !(Value < AtLeast) && !double.IsNaN(Value);

    /// <summary>Prints all as a table; the exit code says whether every bar is met.</summary>
    public static int Print(IReadOnlyList<Bar> bars)
    {
        Console.WriteLine("| figure | measured | bar | |");
        Console.WriteLine("| --- | ---: | ---: | --- |");
        foreach (var bar in bars)
        {
            var limit = bar switch { { AtMost: { } most } => $"≤ {Text(most)} {bar.Unit}", { AtLeast: { } least } => $"≥ {Text(least)} {bar.Unit}", _ => "" };
            Console.WriteLine($"| {bar.Figure} | {Text(bar.Value)} {bar.Unit} | {limit} | {(limit.Length == 0 ? "" : bar.IsMet ? "met" : "NOT MET")} |");
        }

        return bars.All(bar => bar.IsMet) ? 0 : 1;
    }

    private static string Text(double value) => value.ToString(Math.Abs(value) >= 100 ? "N0" : "0.##", CultureInfo.InvariantCulture);
}
