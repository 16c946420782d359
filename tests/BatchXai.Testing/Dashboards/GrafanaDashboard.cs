using System.Text.Json;

namespace BatchXai.Testing.Dashboards;

/// <summary>A dashboard of infra/grafana, as Grafana reads it.</summary>
/// <param name="File">Its name.</param>
/// <param name="Json">All of it.</param>
public sealed record GrafanaDashboard(string File, JsonElement Json)
{
    /// <summary>What a person can choose, in the order in which one choice depends on another.</summary>
    public IReadOnlyList<GrafanaVariable> Variables => [.. Json.GetProperty("templating").GetProperty("list").EnumerateArray().Select(variable => new GrafanaVariable(variable))];

    /// <summary>All panels; rows, which only head others, are left out.</summary>
    public IReadOnlyList<GrafanaPanel> Panels => [.. Json.GetProperty("panels").EnumerateArray().Where(panel => panel.GetProperty("type").GetString() != "row").Select(panel => new GrafanaPanel(panel))];

    /// <summary>Every dashboard there is.</summary>
    public static IReadOnlyList<GrafanaDashboard> All() =>
        [.. Directory.EnumerateFiles(Path.Combine(Checkout.Root!, "infra/grafana/dashboards"), "*.json").Order(StringComparer.Ordinal).Select(file => new GrafanaDashboard(Path.GetFileName(file), JsonElement.Parse(System.IO.File.ReadAllText(file))))];
}

/// <summary>Something that a person can choose.</summary>
/// <param name="Json">All of it.</param>
public sealed record GrafanaVariable(JsonElement Json)
{
    /// <summary>Its name.</summary>
    public string Name => Json.GetProperty("name").GetString()!;

    /// <summary>The statement that lists what can be chosen; null: it is listed in the dashboard.</summary>
    public string? Sql => Json.GetProperty("type").GetString() == "query" ? Json.GetProperty("query").GetString() : null;

    /// <summary>What can be chosen, where the dashboard lists it.</summary>
    public IReadOnlyList<string> Options => [.. Json.GetProperty("options").EnumerateArray().Select(option => option.GetProperty("value").GetString()!)];
}

/// <summary>One panel.</summary>
/// <param name="Json">All of it.</param>
public sealed record GrafanaPanel(JsonElement Json)
{
    /// <summary>Its title.</summary>
    public string Title => Json.GetProperty("title").GetString()!;

    /// <summary>Its sort.</summary>
    public string Type => Json.GetProperty("type").GetString()!;

    /// <summary>Its statements in SQL.</summary>
    public IReadOnlyList<string> Sql => Targets("rawSql");

    /// <summary>Its expressions for Prometheus.</summary>
    public IReadOnlyList<string> Expressions => Targets("expr");

    /// <summary>Columns of which it says how they are shown; an axis is one.</summary>
    public IReadOnlyList<string> Columns =>
    [
        .. Json.GetProperty("options").TryGetProperty("xField", out var axis) ? [axis.GetString()!] : Array.Empty<string>(),
        .. Overrides().Select(one => one.GetProperty("matcher").GetProperty("options").GetString()!),
    ];

    /// <summary>Values from which on a column has another colour, the first of which is −∞; empty: it has none.</summary>
    public IReadOnlyList<double> ThresholdsOf(string column) =>
        [.. from one in Overrides()
            where one.GetProperty("matcher").GetProperty("options").GetString() == column
            from property in one.GetProperty("properties").EnumerateArray()
            where property.GetProperty("id").GetString() == "thresholds"
            from step in property.GetProperty("value").GetProperty("steps").EnumerateArray()
            let value = step.GetProperty("value")
            select value.ValueKind == JsonValueKind.Null ? double.NegativeInfinity : value.GetDouble()];

    private IEnumerable<JsonElement> Overrides() => Json.GetProperty("fieldConfig").GetProperty("overrides").EnumerateArray();

    private List<string> Targets(string language) =>
        [.. Json.GetProperty("targets").EnumerateArray().Where(target => target.TryGetProperty(language, out _)).Select(target => target.GetProperty(language).GetString()!)];
}
