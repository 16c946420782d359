using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BatchXai.Coordinator.Data;

/// <summary>
/// One partition an audit of each table of results, so that an audit is deleted at once however large it is. Names are made of GUIDs alone, so they need no quotes.
/// </summary>
[SuppressMessage("Security", "EF1002:Risk of vulnerability to SQL injection.", Justification = "DDL takes no parameters; the only text put in are names of tables and a GUID.")]
internal static class AuditPartitions
{
    // "bxai": what sessions that make or drop partitions wait for, one after the other.
    private const long Lock = 0x62786169;

    private static readonly string[] Tables = ["items", "causal_results"];

    public static string ItemsOf(Guid auditId) => NameOf(Tables[0], auditId);

    public static string CausalOf(Guid auditId) => NameOf(Tables[1], auditId);

    /// <summary>
    /// Makes tables and attaches them. CREATE TABLE … PARTITION OF would be shorter, but locks out everybody who reads or writes any audit's rows.
    /// </summary>
    public static Task AddAsync(AuditDb db, Guid auditId, CancellationToken cancellationToken) => DoAsync(
        db,
        table =>
            $"""
                PERFORM pg_advisory_xact_lock({Lock});
                IF to_regclass('{NameOf(table, auditId)}') IS NULL THEN
                    CREATE TABLE {NameOf(table, auditId)} (LIKE {table} INCLUDING ALL);
                    ALTER TABLE {table} ATTACH PARTITION {NameOf(table, auditId)} FOR VALUES IN ('{auditId:D}');
                END IF;
            """,
        cancellationToken);

    /// <summary>Throws an audit's rows away, in the running transaction. Nobody else's are touched or waited for.</summary>
    public static Task EmptyAsync(AuditDb db, Guid auditId, CancellationToken cancellationToken) => DoAsync(
        db, table => $"IF to_regclass('{NameOf(table, auditId)}') IS NOT NULL THEN TRUNCATE {NameOf(table, auditId)}; END IF;", cancellationToken);

    /// <summary>
    /// Drops the partitions of audits that are gone. That needs a moment in which nobody reads any rows of their table; where none comes within the time limit,
    /// the empty tables stay until the next deletion.
    /// </summary>
    public static async Task DropOrphansAsync(AuditDb db, CancellationToken cancellationToken)
    {
        foreach (var table in Tables)
        {
            try
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                await db.Database.ExecuteSqlRawAsync(
                    $$"""
                    SET LOCAL lock_timeout = '500ms';
                    DO $$ DECLARE partition regclass; BEGIN
                        PERFORM pg_advisory_xact_lock({{Lock}});
                        FOR partition IN
                            SELECT inhrelid FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
                            WHERE inhparent = '{{table}}'::regclass AND NOT EXISTS (SELECT FROM audits WHERE '{{table}}_' || replace(id::text, '-', '') = relname)
                        LOOP
                            EXECUTE 'DROP TABLE ' || partition;
                        END LOOP;
                    END $$
                    """,
                    cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }
            catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.LockNotAvailable)
            {
            }
        }
    }

    private static string NameOf(string table, Guid auditId) => $"{table}_{auditId:N}";

    private static Task DoAsync(AuditDb db, Func<string, string> statements, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlRawAsync($"DO $$ BEGIN {string.Join('\n', Tables.Select(statements))} END $$", cancellationToken);
}
