using BatchXai.Contracts.Results;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Data;

/// <summary>Audits, shards and item results.</summary>
public sealed class AuditDb(DbContextOptions<AuditDb> options) : DbContext(options)
{
    /// <summary>One row an audit.</summary>
    public DbSet<AuditRow> Audits => Set<AuditRow>();

    /// <summary>One row a shard.</summary>
    public DbSet<ShardRow> Shards => Set<ShardRow>();

    /// <summary>One row an item × method × target.</summary>
    public DbSet<ItemRow> Items => Set<ItemRow>();

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<Enum>().HaveConversion<string>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<AuditRow>(audit =>
        {
            audit.ToTable("audits");
            audit.HasIndex(row => row.Fingerprint);
        });
        modelBuilder.Entity<ShardRow>(shard =>
        {
            shard.ToTable("shards");
            shard.HasKey(row => new { row.AuditId, row.Number });
            shard.HasIndex(row => new { row.State, row.NotBefore });
        });
        modelBuilder.Entity<ItemRow>(item =>
        {
            item.ToTable("items");
            item.HasKey(row => new { row.AuditId, row.Shard, row.Row });
            item.ComplexProperty(row => row.Result, result => result.ComplexProperty(value => value.Measures));
            // Columns carry the names of the artifact format: result_measures_focus would help nobody.
            foreach (var property in Columns(item.Metadata))
            {
                property.SetColumnName(SnakeCase(property.Name));
            }
        });
    }

    private static IEnumerable<Microsoft.EntityFrameworkCore.Metadata.IMutableProperty> Columns(Microsoft.EntityFrameworkCore.Metadata.IMutableTypeBase type) =>
        type.GetProperties().Concat(type.GetComplexProperties().SelectMany(property => Columns(property.ComplexType)));

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((letter, at) => char.IsUpper(letter) && at > 0 ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
