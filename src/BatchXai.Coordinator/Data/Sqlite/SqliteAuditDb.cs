using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Data;

/// <summary>The tables in a SQLite file; its migrations are in Migrations/Sqlite.</summary>
public sealed class SqliteAuditDb(DbContextOptions<SqliteAuditDb> options) : AuditDb(options);
