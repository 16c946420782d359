using System.Text.RegularExpressions;

namespace BatchXai.Coordinator.Data;

/// <summary>
/// The views that dashboards read: README.md describes every column. One text serves both databases; only the length of a time span is said in two ways.
/// </summary>
internal static partial class AuditViews
{
    private static readonly (string Name, string Select)[] All =
    [
        ("audit_overview", AuditOverview),
        ("shard_durations", ShardDurations),
        ("item_outcomes", ItemOutcomes),
        ("focus_by_class", FocusView.Of("audit_id, label", "items")),
        ("focus_by_split", FocusView.Of("audit_id, split", "items")),
        ("focus_by_model_version", FocusView.OfModelVersion),
        ("causal_by_class", CausalView.OfClass),
        ("causal_by_split", CausalView.OfSplit),
        ("causal_by_model_version", CausalView.OfModelVersion),
    ];

    private const string AuditOverview =
        """
        SELECT audits.id AS audit_id, name, state, model_name, model_hash, created_at, planned_at, ended_at, seconds(created_at, ended_at) AS seconds,
            audits.items, coalesce(items_done, 0) AS items_done, coalesce(items_failed, 0) AS items_failed,
            coalesce(shards, 0) AS shards, coalesce(shards_pending, 0) AS shards_pending, coalesce(shards_in_flight, 0) AS shards_in_flight,
            coalesce(shards_done, 0) AS shards_done, coalesce(shards_failed, 0) AS shards_failed, coalesce(shards_split, 0) AS shards_split,
            coalesce(deaths, 0) AS deaths, error
        FROM audits LEFT JOIN (
            SELECT audit_id,
                sum(items_done) FILTER (WHERE state <> 'split') AS items_done,
                sum(items_failed) FILTER (WHERE state <> 'split') AS items_failed,
                count(*) FILTER (WHERE state <> 'split') AS shards,
                count(*) FILTER (WHERE state = 'pending') AS shards_pending,
                count(*) FILTER (WHERE state IN ('dispatched', 'running')) AS shards_in_flight,
                count(*) FILTER (WHERE state = 'done') AS shards_done,
                count(*) FILTER (WHERE state = 'failed') AS shards_failed,
                count(*) FILTER (WHERE state = 'split') AS shards_split,
                sum(deaths) AS deaths
            FROM shards GROUP BY audit_id) AS progress ON progress.audit_id = audits.id
        """;

    private const string ShardDurations =
        """
        SELECT audit_id, number AS shard, state, items, attempt AS attempts, deaths, worker, dispatched_at, ended_at,
            seconds(dispatched_at, ended_at) AS seconds,
            seconds(dispatched_at, ended_at) / nullif(items, 0) AS seconds_per_item,
            stage_seconds
        FROM shards WHERE dispatched_at IS NOT NULL
        """;

    private const string ItemOutcomes =
        """
        SELECT audit_id, outcome, count(*) AS items, CAST(count(*) AS double precision) / sum(count(*)) OVER (PARTITION BY audit_id) AS share
        FROM items WHERE "row" = 0 GROUP BY audit_id, outcome
        """;

    public static IEnumerable<string> Names => All.Select(view => view.Name);

    /// <summary>Name and text of every view for an EF provider.</summary>
    public static IEnumerable<(string Name, string Select)> For(string provider)
    {
        var seconds = provider.Contains("Npgsql", StringComparison.Ordinal)
            ? "CAST(extract(epoch FROM $2 - $1) AS double precision)"
            : "((julianday($2) - julianday($1)) * 86400.0)";
        return All.Select(view => (view.Name, Seconds().Replace(view.Select, seconds)));
    }

    [GeneratedRegex(@"\bseconds\((\w+), (\w+)\)")]
    private static partial Regex Seconds();
}
