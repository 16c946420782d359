using Microsoft.EntityFrameworkCore.Migrations;

namespace BatchXai.Coordinator.Data.Migrations;

/// <summary>Steps of a migration that the model cannot say.</summary>
internal static class TableSteps
{
    /// <summary>
    /// PostgreSQL: makes a table of results, as EF has just made it, a table of partitions. They are made by <see cref="AuditPartitions"/>, one an audit, with whatever
    /// columns and indexes the table has by then.
    /// </summary>
    public static void PartitionByAudit(this MigrationBuilder migration, string table) => migration.Sql(
        $"""
        ALTER TABLE {table} DROP CONSTRAINT pk_{table};
        ALTER TABLE {table} RENAME TO {table}_unpartitioned;
        CREATE TABLE {table} (LIKE {table}_unpartitioned, CONSTRAINT pk_{table} PRIMARY KEY (audit_id, item, "row")) PARTITION BY LIST (audit_id);
        DROP TABLE {table}_unpartitioned;
        """);

    /// <summary>
    /// Makes the views as <see cref="AuditViews"/> has them now. Call it in the newest migration that changes a view or a column that one reads, after
    /// <see cref="DropViews"/>, and take the call out of the earlier ones: there the new columns would be missing.
    /// </summary>
    public static void CreateViews(this MigrationBuilder migration)
    {
        foreach (var (name, select) in AuditViews.For(migration.ActiveProvider!))
        {
            migration.Sql($"CREATE VIEW {name} AS\n{select};");
        }
    }

    /// <summary>Takes the views away; PostgreSQL refuses to change a column that one reads.</summary>
    public static void DropViews(this MigrationBuilder migration)
    {
        foreach (var name in AuditViews.Names)
        {
            migration.Sql($"DROP VIEW IF EXISTS {name};");
        }
    }
}
