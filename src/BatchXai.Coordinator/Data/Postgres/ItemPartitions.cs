using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BatchXai.Coordinator.Data;

/// <summary>
/// One partition of <c>items</c> an audit, so that an audit is deleted at once however large it is. Names are made of GUIDs alone, so they need no quotes.
/// </summary>
[SuppressMessage("Security", "EF1002:Risk of vulnerability to SQL injection.", Justification = "DDL takes no parameters; the only text put in is a GUID.")]
internal static class ItemPartitions
{
    // "bxai": what sessions that make or drop partitions wait for, one after the other.
    private const long Lock = 0x62786169;

    public static string NameOf(Guid auditId) => $"items_{auditId:N}";

    /// <summary>
    /// Makes a table and attaches it. CREATE TABLE … PARTITION OF would be shorter, but locks out everybody who reads or writes any audit's items.
    /// </summary>
    public static Task AddAsync(AuditDb db, Guid auditId, CancellationToken cancellationToken) => db.Database.ExecuteSqlRawAsync(
        $"""
        DO $$ BEGIN
            PERFORM pg_advisory_xact_lock({Lock});
            IF to_regclass('{NameOf(auditId)}') IS NULL THEN
                CREATE TABLE {NameOf(auditId)} (LIKE items INCLUDING ALL);
                ALTER TABLE items ATTACH PARTITION {NameOf(auditId)} FOR VALUES IN ('{auditId:D}');
            END IF;
        END $$
        """,
        cancellationToken);

    /// <summary>Throws an audit's rows away, in the running transaction. Nobody else's are touched or waited for.</summary>
    public static Task EmptyAsync(AuditDb db, Guid auditId, CancellationToken cancellationToken) => db.Database.ExecuteSqlRawAsync(
        $"DO $$ BEGIN IF to_regclass('{NameOf(auditId)}') IS NOT NULL THEN TRUNCATE {NameOf(auditId)}; END IF; END $$",
        cancellationToken);

    /// <summary>
    /// Drops the partitions of audits that are gone. That needs a moment in which nobody reads any items; where none comes within the time limit,
    /// the empty tables stay until the next deletion.
    /// </summary>
    public static async Task DropOrphansAsync(AuditDb db, CancellationToken cancellationToken)
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
                        WHERE inhparent = 'items'::regclass AND NOT EXISTS (SELECT FROM audits WHERE 'items_' || replace(id::text, '-', '') = relname)
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
