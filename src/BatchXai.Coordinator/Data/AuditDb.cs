using BatchXai.Contracts.Results;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Data;

/// <summary>Audits, shards, item results, inspected models and workers.</summary>
public sealed class AuditDb(DbContextOptions<AuditDb> options) : DbContext(options)
{
    /// <summary>One row an audit.</summary>
    public DbSet<AuditRow> Audits => Set<AuditRow>();

    /// <summary>One row a shard.</summary>
    public DbSet<ShardRow> Shards => Set<ShardRow>();

    /// <summary>One row an item × method × target.</summary>
    public DbSet<ItemRow> Items => Set<ItemRow>();

    /// <summary>One row a model with its settings.</summary>
    public DbSet<InspectionRow> Inspections => Set<InspectionRow>();

    /// <summary>One row a worker process.</summary>
    public DbSet<WorkerRow> Workers => Set<WorkerRow>();

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
            audit.HasIndex(row => row.IdempotencyKey).IsUnique();
            audit.HasIndex(row => row.State);
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
            item.HasKey(row => new { row.AuditId, row.Item, row.Row });
            item.ComplexProperty(row => row.Result, result =>
            {
                result.Ignore(value => value.Item); // The key has it.
                result.ComplexProperty(value => value.Measures);
            });
        });
        modelBuilder.Entity<InspectionRow>(inspection => inspection.ToTable("inspections").HasKey(row => row.Key));
        modelBuilder.Entity<WorkerRow>(worker => worker.ToTable("workers").HasKey(row => row.Name));

        // One way to write a name, also in SQL; and the item columns carry the names of the artifact format: result_measures_focus would help nobody.
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(Columns))
        {
            property.SetColumnName(SnakeCase(property.Name));
        }
    }

    private static IEnumerable<Microsoft.EntityFrameworkCore.Metadata.IMutableProperty> Columns(Microsoft.EntityFrameworkCore.Metadata.IMutableTypeBase type) =>
        type.GetProperties().Concat(type.GetComplexProperties().SelectMany(property => Columns(property.ComplexType)));

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((letter, at) => char.IsUpper(letter) && at > 0 ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
