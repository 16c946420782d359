using System.Text.Json;
using System.Text.RegularExpressions;
using BatchXai.Contracts.Results;
using BatchXai.Testing.Dashboards;
using Xunit;

namespace BatchXai.Distributed.Tests.Telemetry;

/// <summary>What dashboards ask of Prometheus, against the table of metrics, which <see cref="TelemetryTests"/> holds against running programs.</summary>
public sealed partial class OperationsDashboardTests
{
    private static readonly string[] Words = ["by", "or", "count", "histogram_quantile", "increase", "max", "rate", "scalar", "sum", "vector"];

    /// <summary>Series by name, with their labels; <c>up</c> is Prometheus' own.</summary>
    private static readonly Dictionary<string, string[]> Series = Metric.Promised().SelectMany(Exported).Append(("up", ["instance", "job"])).ToDictionary();

    public static TheoryData<string> Expressions => [.. GrafanaDashboard.All().SelectMany(dashboard => dashboard.Panels).SelectMany(panel => panel.Expressions).Distinct()];

    [Theory]
    [MemberData(nameof(Expressions))]
    public void An_expression_names_series_and_labels_that_are_exported(string expression)
    {
        var selectors = Selector().Matches(expression).Where(name => Series.ContainsKey(name.Groups[1].Value)).ToList();
        Assert.NotEmpty(selectors);
        Assert.All(selectors, selector => Assert.All(Matcher().Matches(selector.Groups[2].Value), matcher => Known(selector.Groups[1].Value, matcher)));
        var grouped = Grouping().Matches(expression).SelectMany(group => group.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries));
        Assert.All(grouped, label => Assert.All(selectors, selector => Assert.Contains(label, Series[selector.Groups[1].Value])));

        // What is left are functions and series: a name that is misspelt is neither.
        var names = Name().Matches(Grouping().Replace(Braces().Replace(expression, ""), " by ")).Select(name => name.Value);
        Assert.All(names, name => Assert.True(Words.Contains(name) || Series.ContainsKey(name), $"{name} is not exported"));
    }

    [Fact]
    public void A_legend_names_labels_that_its_expression_keeps()
    {
        var targets = GrafanaDashboard.All().SelectMany(dashboard => dashboard.Panels).SelectMany(panel => panel.Json.GetProperty("targets").EnumerateArray()).Where(target => target.TryGetProperty("expr", out _)).ToList();
        Assert.All(targets, target =>
        {
            var kept = Grouping().Matches(target.GetProperty("expr").GetString()!).SelectMany(group => group.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries));
            Assert.All(Legend().Matches(target.GetProperty("legendFormat").GetString()!), label => Assert.Contains(label.Groups[1].Value, kept));
        });
    }

    /// <summary>The label is one of the series, and a value that it is compared with occurs: the table says which do, or the enum of outcomes.</summary>
    private static void Known(string series, Match matcher)
    {
        var (label, value) = (matcher.Groups[1].Value, matcher.Groups[3].Value);
        Assert.Contains(label, Series[series]);
        if (series != "up")
        {
            var metric = Metric.Promised().Single(metric => Exported(metric).Any(one => one.Name == series));
            var said = $"{metric.Meaning} {(label == "outcome" ? string.Join(' ', Enum.GetNames<ItemOutcome>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)) : "")}";
            Assert.All(value.Split('|'), word => Assert.Contains(word, said, StringComparison.Ordinal));
        }
    }

    private static IEnumerable<(string Name, string[] Labels)> Exported(Metric metric) => metric.Kind == "histogram"
        ? [($"{metric.Exported}_bucket", [.. metric.LabelNames, "le"]), ($"{metric.Exported}_sum", [.. metric.LabelNames]), ($"{metric.Exported}_count", [.. metric.LabelNames])]
        : [(metric.Exported, [.. metric.LabelNames])];

    [GeneratedRegex(@"\b([a-z_]+)\b(?:\{([^}]*)\})?")]
    private static partial Regex Selector();

    [GeneratedRegex(@"(\w+)(=~|!=|!~|=)""([^""]*)""")]
    private static partial Regex Matcher();

    [GeneratedRegex(@"\bby \(([^)]*)\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]")]
    private static partial Regex Braces();

    [GeneratedRegex(@"\b[a-zA-Z_]\w*")]
    private static partial Regex Name();

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Legend();
}
