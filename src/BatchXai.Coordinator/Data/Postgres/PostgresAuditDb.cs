using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Data;

/// <summary>The tables in PostgreSQL; its migrations are in Migrations/Postgres.</summary>
public sealed class PostgresAuditDb(DbContextOptions<PostgresAuditDb> options) : AuditDb(options);
