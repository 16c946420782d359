using System.Globalization;
using System.Text.RegularExpressions;

namespace BatchXai.Distributed.Tests.Telemetry;

/// <summary>Our own metrics out of what a program serves at <c>/metrics</c>.</summary>
internal sealed partial class Scrape
{
    private readonly List<(string Name, Dictionary<string, string> Labels, double Value)> series = [];
    private readonly Dictionary<string, string> kinds = [];

    public Scrape(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            if (Kind().Match(line) is { Success: true } kind)
            {
                kinds.Add(kind.Groups[1].Value, kind.Groups[2].Value);
            }
            else if (Series().Match(line) is { Success: true } found)
            {
                var labels = Label().Matches(found.Groups[2].Value).ToDictionary(label => label.Groups[1].Value, label => label.Groups[2].Value);
                series.Add((found.Groups[1].Value, labels, double.Parse(found.Groups[3].Value, CultureInfo.InvariantCulture)));
            }
        }
    }

    /// <summary>Kind of each metric by name.</summary>
    public IReadOnlyDictionary<string, string> Kinds => kinds;

    /// <summary>The labels that series of a metric have, beside those of every metric.</summary>
    public IEnumerable<string> LabelsOf(string name) =>
        series.Where(one => one.Name == name || one.Name == $"{name}_count").SelectMany(one => one.Labels.Keys).Where(label => !label.StartsWith("otel_", StringComparison.Ordinal)).Distinct();

    /// <summary>Values of a metric's label.</summary>
    public IEnumerable<string> Words(string name, string label) => series.Where(one => one.Name == name).Select(one => one.Labels[label]).Order(StringComparer.Ordinal);

    /// <summary>Sum of a metric's series, or of those with a label's value.</summary>
    public double Sum(string name, string? label = null, string? value = null) =>
        series.Where(one => one.Name == name && (label is null || one.Labels[label] == value)).Sum(one => one.Value);

    [GeneratedRegex(@"^# TYPE (batchxai_\w+) (\w+)")]
    private static partial Regex Kind();

    [GeneratedRegex(@"^(batchxai_\w+)(?:\{(.*)\})? (\S+)")]
    private static partial Regex Series();

    [GeneratedRegex(@"(\w+)=""([^""]*)""")]
    private static partial Regex Label();
}
