namespace BatchXai.Coordinator.Data;

/// <summary>Rows of all finished audits of one content of one model, taken together.</summary>
internal static class ModelVersions
{
    /// <summary>Columns that name a version.</summary>
    public const string Scope = "model_name, model_hash";

    /// <summary>A table of results, each row beside the version of its audit.</summary>
    public static string Rows(string table) =>
        $"{table} JOIN (SELECT id, model_name, model_hash FROM audits WHERE state = 'done' AND model_hash IS NOT NULL) AS finished ON finished.id = {table}.audit_id";

    /// <summary>Figures of versions, each beside how many audits it has and when they ended.</summary>
    public static string With(string figures) =>
        $"""
        SELECT versions.audits, versions.first_ended_at, versions.last_ended_at, figures.*
        FROM ({figures}) AS figures
        JOIN (
            SELECT model_name AS name, model_hash AS hash, count(*) AS audits, min(ended_at) AS first_ended_at, max(ended_at) AS last_ended_at
            FROM audits WHERE state = 'done' GROUP BY model_name, model_hash) AS versions
            ON versions.hash = figures.model_hash AND coalesce(versions.name, '') = coalesce(figures.model_name, '')
        """;
}
