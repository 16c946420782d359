using Microsoft.EntityFrameworkCore.Migrations;

namespace BatchXai.Coordinator.Data.Migrations;

/// <summary>Steps of a migration that the model cannot say.</summary>
internal static class TableSteps
{
    /// <summary>
    /// PostgreSQL: makes <c>items</c>, as EF has just made it, a table of partitions. They are made by <see cref="ItemPartitions"/>, one an audit, with whatever
    /// columns and indexes the table has by then.
    /// </summary>
    public static void PartitionItemsByAudit(this MigrationBuilder migration) => migration.Sql(
        """
        ALTER TABLE items DROP CONSTRAINT pk_items;
        ALTER TABLE items RENAME TO items_unpartitioned;
        CREATE TABLE items (LIKE items_unpartitioned, CONSTRAINT pk_items PRIMARY KEY (audit_id, item, "row")) PARTITION BY LIST (audit_id);
        DROP TABLE items_unpartitioned;
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
