namespace BatchXai.Coordinator.Data;

/// <summary>
/// Focus figures as the report has them (Aggregate/FocusAccumulator): only usable heatmaps, each counting once; masks and boxes apart; a value only beside its
/// chance level; no figure from fewer than ten.
/// </summary>
internal static class FocusView
{
    /// <summary>Figures of each scope × method × target × kind of mask. One pass: rows that are not usable form groups of their own, and only count items.</summary>
    /// <param name="scope">Columns that name the scope.</param>
    /// <param name="source">Table or join that has them beside the item rows.</param>
    public static string Of(string scope, string source) =>
        $"""
        SELECT {scope}, method, target, mask_kind, items, judged, correct,
            CASE WHEN judged > 0 THEN CAST(correct AS double precision) / judged END AS accuracy,
            usable, CASE WHEN usable < 10 THEN 'pictures_only' WHEN usable < 30 THEN 'greyed' ELSE 'interval' END AS support,
            measured, CASE WHEN measured >= 10 THEN focus END AS focus,
            CASE WHEN measured >= 10 THEN CAST(below_chance AS double precision) / measured END AS below_chance_share,
            CASE WHEN backgrounds >= 10 THEN background_attention END AS background_attention,
            CASE WHEN backgrounds >= 10 THEN 1 - background_area END AS background_attention_by_chance,
            CASE WHEN chances >= 10 THEN chance_energy END AS chance_energy,
            coalesce(chances >= 10 AND chance_energy > 0.6, false) AS location_confounded,
            CASE WHEN lifts >= 10 THEN lift END AS lift,
            CASE WHEN pointings >= 10 THEN pointing_game END AS pointing_game,
            CASE WHEN pointings >= 10 THEN pointing_game_by_chance END AS pointing_game_by_chance
        FROM (
            SELECT {scope}, method, target, mask_kind, ok,
                CAST(sum(count(*) FILTER (WHERE "row" = 0)) OVER scope AS bigint) AS items,
                CAST(sum(count(correct) FILTER (WHERE "row" = 0)) OVER scope AS bigint) AS judged,
                CAST(sum(count(*) FILTER (WHERE "row" = 0 AND correct)) OVER scope AS bigint) AS correct,
                count(*) AS usable,
                count(focus) AS measured, avg(focus) AS focus, count(*) FILTER (WHERE focus < 0) AS below_chance,
                count(background_attention) FILTER (WHERE object_area IS NOT NULL) AS backgrounds,
                avg(background_attention) FILTER (WHERE object_area IS NOT NULL) AS background_attention,
                avg(object_area) FILTER (WHERE background_attention IS NOT NULL) AS background_area,
                count(chance_energy) AS chances, avg(chance_energy) AS chance_energy,
                count(lift) AS lifts, avg(lift) AS lift,
                count(pointing_game) FILTER (WHERE pointing_game_by_chance IS NOT NULL) AS pointings,
                avg(pointing_game) FILTER (WHERE pointing_game_by_chance IS NOT NULL) AS pointing_game,
                avg(pointing_game_by_chance) FILTER (WHERE pointing_game IS NOT NULL) AS pointing_game_by_chance
            FROM (SELECT *, method IS NOT NULL AND status = 'ok' AND mask_status = 'ok' AND mask_kind <> 'none' AS ok FROM {source}) AS maps
            GROUP BY {scope}, method, target, mask_kind, ok
            WINDOW scope AS (PARTITION BY {scope})) AS figures
        WHERE ok
        """;

    /// <summary>All finished audits of one content of one model taken together.</summary>
    public static string OfModelVersion { get; } = ModelVersions.With(Of(ModelVersions.Scope, ModelVersions.Rows("items")));
}
