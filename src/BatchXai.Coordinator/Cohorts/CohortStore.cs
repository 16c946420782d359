using BatchXai.Contracts;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Front.Items;
using BatchXai.Coordinator.Front.Places;
using BatchXai.Storage;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Cohorts;

/// <summary>The cohorts of the database: saved, listed, renamed, deleted.</summary>
/// <param name="databases">The database.</param>
/// <param name="places">Where the audits lie that cohorts may be for.</param>
/// <param name="clock">Says when a cohort is saved.</param>
internal sealed class CohortStore(IDbContextFactory<AuditDb> databases, IAuditPlaces places, TimeProvider clock)
{
    /// <summary>Most cohorts of one caller.</summary>
    public const int Most = 1_000;

    /// <summary>Saves a cohort.</summary>
    /// <param name="asked">What is saved.</param>
    /// <param name="createdBy">Who saves it; null: somebody at an open server.</param>
    /// <param name="cancellationToken">Stops before the row is written.</param>
    /// <exception cref="UserErrorException">There can be no such cohort, or the name is taken; all problems are named.</exception>
    public async Task<CohortView> CreateAsync(NewCohort asked, string? createdBy, CancellationToken cancellationToken)
    {
        CohortFilter.Check(asked);
        var row = new CohortRow
        {
            Id = Guid.CreateVersion7(), Name = asked.Name, Filter = CohortFilter.Of(ItemsAddress.Parse(Guid.Empty, asked.Filter)), AuditId = asked.AuditId, CreatedBy = createdBy ?? "", CreatedAt = clock.GetUtcNow().UtcDateTime,
        };
        if (row.AuditId is { } audit && !(await places.FindAsync(audit, cancellationToken) is { } place && await place.Views.StateAsync(audit, cancellationToken) is not null))
        {
            throw new UserErrorException($"auditId: there is no audit {audit}. Leave it out for a cohort of any audit.");
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Cohorts.CountAsync(other => other.CreatedBy == row.CreatedBy, cancellationToken) >= Most)
        {
            throw new UserErrorException($"name: there are {Most:N0} cohorts of yours already. Delete one first.");
        }

        db.Cohorts.Add(row);
        await SaveAsync(db, row, cancellationToken);
        return View(row);
    }

    /// <summary>Cohorts by name.</summary>
    /// <param name="only">Whose cohorts alone; null: everybody's.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<IReadOnlyList<CohortView>> ListAsync(string? only, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return [.. (await db.Cohorts.AsNoTracking().Where(row => only == null || row.CreatedBy == only).OrderBy(row => row.Name).ThenBy(row => row.Id).Take(10 * Most).ToListAsync(cancellationToken)).Select(View)];
    }

    /// <summary>The cohorts that a name or an id may mean: one by its id; by name, one's own before those of others.</summary>
    /// <param name="text">The name or id.</param>
    /// <param name="own">Who asks.</param>
    /// <param name="only">Whose cohorts alone; null: everybody's.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<IReadOnlyList<CohortView>> FindAsync(string text, string? own, string? only, CancellationToken cancellationToken)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return [];
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var seen = db.Cohorts.AsNoTracking().Where(row => only == null || row.CreatedBy == only);
        var found = await (Guid.TryParseExact(text, "D", out var id) ? seen.Where(row => row.Id == id) : seen.Where(row => row.Name == text)).OrderBy(row => row.Id).Take(Most).ToListAsync(cancellationToken);
        return [.. found.Where(row => row.CreatedBy == (own ?? "")) is var mine && mine.Any() ? mine.Select(View) : found.Select(View)];
    }

    /// <summary>Gives a cohort another name; false: it is gone.</summary>
    /// <exception cref="UserErrorException">It is no name, or it is taken.</exception>
    public async Task<bool> RenameAsync(Guid id, string name, CancellationToken cancellationToken)
    {
        var problems = CohortFilter.NameProblems(name).ToList();
        if (problems.Count > 0)
        {
            throw new UserErrorException(problems);
        }

        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.Cohorts.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } row)
        {
            return false;
        }

        row.Name = name;
        await SaveAsync(db, row, cancellationToken);
        return true;
    }

    /// <summary>Deletes a cohort; false: it is gone.</summary>
    public async Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return await db.Cohorts.Where(row => row.Id == id).ExecuteDeleteAsync(cancellationToken) > 0;
    }

    /// <summary>The index decides whether a name is taken: two may save at once.</summary>
    private static async Task SaveAsync(AuditDb db, CohortRow row, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (await db.Cohorts.AnyAsync(other => other.CreatedBy == row.CreatedBy && other.Name == row.Name && other.Id != row.Id, cancellationToken))
            {
                throw new UserErrorException($"name: '{Shown.Text(row.Name)}' is the name of another cohort of yours. Choose another name, or delete that one.");
            }

            throw;
        }
    }

    private static CohortView View(CohortRow row) => new(row.Id, row.Name, row.Filter, row.AuditId, row.CreatedBy.Length == 0 ? null : row.CreatedBy, row.CreatedAt);
}
