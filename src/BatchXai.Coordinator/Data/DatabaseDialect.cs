using BatchXai.Contracts.Results;

namespace BatchXai.Coordinator.Data;

/// <summary>What the two databases do each in its own way: everything else is the same LINQ.</summary>
public abstract class DatabaseDialect
{
    /// <summary>Makes the tables, or brings them up to date.</summary>
    /// <exception cref="Contracts.UserErrorException">The database was written by a version that this one cannot follow.</exception>
    public abstract Task MigrateAsync(AuditDb db, CancellationToken cancellationToken);

    /// <summary>
    /// Gives leases to at most <paramref name="most"/> waiting shards of an audit, lowest numbers first: pending → dispatched, with a new lease and one
    /// attempt more, not confirmed yet. No two coordinators get the same shard.
    /// </summary>
    /// <returns>The shards as they are now, not tracked.</returns>
    public abstract Task<IReadOnlyList<ShardRow>> LeaseShardsAsync(AuditDb db, Guid auditId, int most, DateTime now, CancellationToken cancellationToken);

    /// <summary>Makes room for an audit's results; again is no error.</summary>
    public abstract Task AddAuditAsync(AuditDb db, Guid auditId, CancellationToken cancellationToken);

    /// <summary>Writes a shard's item rows inside the running transaction. Rows of one item stand together.</summary>
    public abstract Task WriteItemsAsync(AuditDb db, Guid auditId, int shard, IAsyncEnumerable<ItemResult> rows, CancellationToken cancellationToken);

    /// <summary>Writes a shard's causal rows inside the running transaction. Rows of one item stand together.</summary>
    public abstract Task WriteCausalAsync(AuditDb db, Guid auditId, int shard, IAsyncEnumerable<CausalResult> rows, CancellationToken cancellationToken);

    /// <summary>Reads an audit's item rows as they were recorded, ordered by item and row. Memory does not grow with their number.</summary>
    public abstract IAsyncEnumerable<ItemResult> ReadItemsAsync(AuditDb db, Guid auditId, CancellationToken cancellationToken);

    /// <summary>Lets the database see what item rows are like, so that it plans the views well. Cheap when it has seen them lately.</summary>
    public abstract Task ShowItemsAsync(CancellationToken cancellationToken);

    /// <summary>Lets people find single items of an audit quickly, once its rows are complete. Again is no error.</summary>
    public abstract Task IndexItemsAsync(Guid auditId, CancellationToken cancellationToken);

    /// <summary>Deletes an audit with its shards, results and cohorts.</summary>
    public abstract Task DeleteAuditAsync(AuditDb db, Guid auditId, CancellationToken cancellationToken);
}
