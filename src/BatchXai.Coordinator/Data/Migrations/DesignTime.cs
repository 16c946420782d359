using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace BatchXai.Coordinator.Data.Migrations;

/// <summary>For <c>dotnet ef</c>, which writes migrations without a database and runs a bundle against the one given to it.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteAuditDb>
{
    public SqliteAuditDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteAuditDb>().UseSqlite("Data Source=:memory:").Options);
}

/// <summary>For <c>dotnet ef</c>, as above.</summary>
internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresAuditDb>
{
    public PostgresAuditDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PostgresAuditDb>().UseNpgsql("Host=127.0.0.1;Database=batchxai").Options);
}
