namespace BatchXai.Coordinator.Data;

/// <summary>
/// Figures of the causal tests as the report has them (Aggregate/Causal): only tests that could be made; the BG-gap over items that have both backgrounds, flips
/// over those that have both tests and whose flip says something (EvidenceRule.Counts); neither from fewer than ten items.
/// </summary>
internal static class CausalView
{
    private const string ByAudit = "shares.audit_id = figures.audit_id";

    /// <summary>Of each class: chance is how often items of other classes are called this one once their object is gone.</summary>
    public static string OfClass { get; } = Of(
        "audit_id, label", "(SELECT * FROM causal_results WHERE label IS NOT NULL) AS labelled",
        $"""
        SELECT audit_id, label, mask_kind, fill, CAST(called - hits AS double precision) / nullif(everyone - tested, 0) AS by_chance FROM ({Labels("audit_id", "causal_results")}) AS labels
        """,
        $"{ByAudit} AND shares.label = figures.label");

    /// <summary>Of each split: chance is that of all items, because backgrounds may tell the class in any split.</summary>
    public static string OfSplit { get; } = Of("audit_id, split", "causal_results", Overall("audit_id", "causal_results"), ByAudit);

    /// <summary>Of all finished audits of one content of one model taken together.</summary>
    public static string OfModelVersion { get; } = ModelVersions.With(Of(
        ModelVersions.Scope, ModelVersions.Rows("causal_results"), Overall(ModelVersions.Scope, ModelVersions.Rows("causal_results")),
        "shares.model_hash = figures.model_hash AND coalesce(shares.model_name, '') = coalesce(figures.model_name, '')"));

    /// <summary>Figures of each scope × kind of mask × fill. First every item becomes one row, so that tests can be held against each other: 1 is yes, 0 no.
    /// The rows are grouped by item first, as they lie: by text first, sorting a million takes twice as long.</summary>
    /// <param name="scope">Columns that name the scope.</param>
    /// <param name="source">Table or join that has them beside the rows of the tests.</param>
    /// <param name="chance">The accuracy without an object by chance.</param>
    /// <param name="on">What joins both.</param>
    private static string Of(string scope, string source, string chance, string on) =>
        $"""
        SELECT figures.{scope.Replace(", ", ", figures.", StringComparison.Ordinal)}, figures.mask_kind, figures.fill, items, judged, accuracy_before, accuracy_placebo, accuracy_mixed_same, accuracy_mixed_rand,
            accuracy_background_blurred, accuracy_object_removed, CASE WHEN accuracy_object_removed IS NOT NULL THEN by_chance END AS accuracy_object_removed_by_chance,
            gap_items, CASE WHEN gap_items >= 10 THEN background_gap END AS background_gap,
            flip_items, CASE WHEN flip_items >= 10 THEN net_flip_rate END AS net_flip_rate
        FROM (
            SELECT {scope}, mask_kind, fill, count(*) AS items, count(right_before) AS judged,
                {Mean("right_before")} AS accuracy_before,
                {Mean("placebo")} AS accuracy_placebo,
                {Mean("mixed_same")} AS accuracy_mixed_same,
                {Mean("mixed_rand")} AS accuracy_mixed_rand,
                {Mean("background_blurred")} AS accuracy_background_blurred,
                {Mean("object_removed")} AS accuracy_object_removed,
                count(mixed_same - mixed_rand) AS gap_items, {Mean("mixed_same - mixed_rand")} AS background_gap,
                count(flips_rand - flips_placebo) AS flip_items, {Mean("flips_rand - flips_placebo")} AS net_flip_rate
            FROM (
                SELECT {scope}, mask_kind, fill, max(CAST(correct_before AS integer)) AS right_before,
                    {Right("placebo")}, {Right("mixed_same")}, {Right("mixed_rand")}, {Right("background_blurred")}, {Right("object_removed")},
                    {Flips("mixed_rand")} AS flips_rand, {Flips("placebo")} AS flips_placebo
                FROM {source} WHERE status = 'ok' GROUP BY audit_id, item, fill, mask_kind, {scope}) AS items
            GROUP BY {scope}, mask_kind, fill) AS figures
        LEFT JOIN ({chance}) AS shares ON {on} AND shares.mask_kind = figures.mask_kind AND shares.fill = figures.fill
        """;

    /// <summary>What backgrounds without an object are called (Aggregate/Causal/NoObjectChance): of each label its items, those called rightly, and all items of any label that are called one of its outputs.</summary>
    private static string Labels(string whole, string source) =>
        $"""
        SELECT {whole}, label, mask_kind, fill, sum(tested) AS tested, sum(hits) AS hits, coalesce(sum(called) FILTER (WHERE hits > 0), 0) AS called, max(everyone) AS everyone
        FROM (
            SELECT {whole}, label, mask_kind, fill, count(*) AS tested, count(*) FILTER (WHERE correct) AS hits,
                sum(count(*)) OVER (PARTITION BY {whole}, mask_kind, fill, predicted) AS called,
                sum(count(*)) OVER (PARTITION BY {whole}, mask_kind, fill) AS everyone
            FROM {source} WHERE test = 'object_removed' AND status = 'ok' AND label IS NOT NULL AND correct IS NOT NULL AND predicted IS NOT NULL
            GROUP BY {whole}, label, mask_kind, fill, predicted) AS answers
        GROUP BY {whole}, label, mask_kind, fill
        """;

    private static string Overall(string whole, string source) =>
        $"""
        SELECT {whole}, mask_kind, fill, sum(CAST(tested AS double precision) / everyone * called / everyone) AS by_chance
        FROM ({Labels(whole, source)}) AS labels GROUP BY {whole}, mask_kind, fill
        """;

    private static string Mean(string value) => $"CAST(avg({value}) AS double precision)";

    private static string Right(string test) => $"max(CASE WHEN test = '{test}' THEN CAST(correct AS integer) END) AS {test}";

    private static string Flips(string test) => $"max(CASE WHEN test = '{test}' AND coalesce(correct_before, label IS NULL) THEN CAST(flipped AS integer) END)";
}
