using System.Runtime.CompilerServices;
using BatchXai.Contracts.Results;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Data;

/// <summary>Audits, shards, results of items and causal tests, inspected models, workers, cohorts, keys and who may enter. README.md beside this file describes the tables' stable surface, the views.</summary>
public abstract class AuditDb(DbContextOptions options) : DbContext(options), IDataProtectionKeyContext
{
    /// <summary>One row an audit.</summary>
    public DbSet<AuditRow> Audits => Set<AuditRow>();

    /// <summary>One row a shard.</summary>
    public DbSet<ShardRow> Shards => Set<ShardRow>();

    /// <summary>One row an item × method × target.</summary>
    public DbSet<ItemRow> Items => Set<ItemRow>();

    /// <summary>One row an item × causal test × fill.</summary>
    public DbSet<CausalRow> CausalResults => Set<CausalRow>();

    /// <summary>One row a model with its settings.</summary>
    public DbSet<InspectionRow> Inspections => Set<InspectionRow>();

    /// <summary>One row a worker process.</summary>
    public DbSet<WorkerRow> Workers => Set<WorkerRow>();

    /// <summary>One row a key to the API.</summary>
    public DbSet<ApiKeyRow> ApiKeys => Set<ApiKeyRow>();

    /// <summary>One row a change that a caller asked for, or a refusal.</summary>
    public DbSet<AccessLogRow> AccessLog => Set<AccessLogRow>();

    /// <summary>One row a filter over items that was saved.</summary>
    public DbSet<CohortRow> Cohorts => Set<CohortRow>();

    /// <summary>What seals sessions and forms, one row a key of ASP.NET Core's data protection: shared, so that every coordinator opens what another has sealed.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>One row a review of a group of heatmaps.</summary>
    public DbSet<ClusterReviewRow> ClusterReviews => Set<ClusterReviewRow>();

    /// <summary>An audit's causal rows as they were recorded, ordered by item, test and fill. Memory does not grow with their number.</summary>
    public IAsyncEnumerable<CausalResult> CausalResultsOf(Guid auditId) =>
        CausalResults.AsNoTracking().Where(row => row.AuditId == auditId).OrderBy(row => row.Item).ThenBy(row => row.Row).AsAsyncEnumerable().Select(row => row.Result with { Item = row.Item });

    /// <summary>The causal rows of some of an audit's items, those of an item together. The rows of the others are not looked at.</summary>
    public async IAsyncEnumerable<CausalResult> CausalResultsOf(Guid auditId, IReadOnlyCollection<long> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var some in items.Chunk(500))
        {
            var rows = CausalResults.AsNoTracking().Where(row => row.AuditId == auditId && some.Contains(row.Item)).OrderBy(row => row.Item).ThenBy(row => row.Row).AsAsyncEnumerable();
            await foreach (var row in rows.WithCancellation(cancellationToken))
            {
                yield return row.Result with { Item = row.Item };
            }
        }
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<AuditRow>(audit =>
        {
            audit.ToTable("audits");
            audit.HasIndex(row => row.Fingerprint);
            audit.HasIndex(row => row.IdempotencyKey).IsUnique();
            audit.HasIndex(row => row.State);
            audit.HasIndex(row => row.CreatedAt);
        });
        modelBuilder.Entity<ShardRow>(shard =>
        {
            shard.ToTable("shards");
            shard.HasKey(row => new { row.AuditId, row.Number });
            // Leases, counts and the reaper. What a heartbeat changes is in no index, so that it stays cheap.
            shard.HasIndex(row => new { row.AuditId, row.State, row.Number });
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
        modelBuilder.Entity<CausalRow>(causal =>
        {
            causal.ToTable("causal_results");
            causal.HasKey(row => new { row.AuditId, row.Item, row.Row });
            causal.ComplexProperty(row => row.Result).Ignore(value => value.Item); // The key has it.
        });
        modelBuilder.Entity<InspectionRow>(inspection => inspection.ToTable("inspections").HasKey(row => row.Key));
        modelBuilder.Entity<WorkerRow>(worker => worker.ToTable("workers").HasKey(row => row.Name));
        modelBuilder.Entity<ApiKeyRow>(key => key.ToTable("api_keys").HasKey(row => row.Id));
        modelBuilder.Entity<AccessLogRow>(log =>
        {
            log.ToTable("access_log");
            log.HasIndex(row => row.At);
        });
        modelBuilder.Entity<CohortRow>(cohort =>
        {
            cohort.ToTable("cohorts");
            cohort.HasIndex(row => new { row.CreatedBy, row.Name }).IsUnique();
            cohort.HasIndex(row => row.AuditId);
        });
        modelBuilder.Entity<DataProtectionKey>(seal => seal.ToTable("seals"));
        modelBuilder.Entity<ClusterReviewRow>(review =>
        {
            review.ToTable("cluster_reviews");
            review.HasIndex(row => row.AuditId);
        });
        modelBuilder.UseWords();
    }
}
