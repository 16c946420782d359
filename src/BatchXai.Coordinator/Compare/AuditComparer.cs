using BatchXai.Contracts;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Data;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Compare;

/// <summary>Compares two audits that one database holds.</summary>
/// <param name="databases">The database.</param>
/// <param name="dialect">Reads the rows.</param>
/// <param name="blobs">Where the plans lie.</param>
/// <param name="clock">Dates the comparison.</param>
public sealed class AuditComparer(IDbContextFactory<AuditDb> databases, DatabaseDialect dialect, IBlobStore blobs, TimeProvider clock)
{
    /// <summary>Compares two finished audits.</summary>
    /// <exception cref="UserErrorException">They have nothing to compare.</exception>
    /// <exception cref="FileNotFoundException">One of them was never planned, or is not there.</exception>
    public async Task<ComparisonReport> CompareAsync(Guid first, Guid second, CancellationToken cancellationToken)
    {
        // Both are read in step, so each needs a connection of its own.
        await using var firstDb = await databases.CreateDbContextAsync(cancellationToken);
        await using var secondDb = await databases.CreateDbContextAsync(cancellationToken);
        return await ComparisonBuilder.BuildAsync(
            await OpenAsync(firstDb, first, cancellationToken), await OpenAsync(secondDb, second, cancellationToken), clock.GetUtcNow(), cancellationToken);
    }

    /// <summary>Opens one finished audit; its rows are read from <paramref name="db"/>, which must stay open until then.</summary>
    /// <exception cref="FileNotFoundException">It was never planned, or is not there.</exception>
    public async Task<AuditRows> OpenAsync(AuditDb db, Guid audit, CancellationToken cancellationToken) =>
        new(await blobs.ReadJsonAsync<AuditPlan>(ArtifactAddresses.Plan(audit), cancellationToken), dialect.ReadItemsAsync(db, audit, cancellationToken));
}
