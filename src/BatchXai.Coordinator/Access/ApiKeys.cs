using System.Text.RegularExpressions;
using BatchXai.Contracts;
using BatchXai.Contracts.Api;
using BatchXai.Coordinator.Data;
using BatchXai.Storage;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Access;

/// <summary>The keys of the database: made, listed, revoked, and looked up at every request, so that a revoked one is refused at once, by every coordinator.</summary>
internal sealed partial class ApiKeys(IDbContextFactory<AuditDb> databases, TimeProvider clock)
{
    private const int MostDays = 3_650;

    /// <summary>Use is noted to this, so that reading does not become writing.</summary>
    private static readonly TimeSpan Coarse = TimeSpan.FromHours(1);

    /// <summary>Creates a key.</summary>
    /// <param name="asked">Whose it is and what it may do.</param>
    /// <param name="createdBy">Who creates it; null: whoever sits at the server.</param>
    /// <param name="cancellationToken">Stops before the row is written.</param>
    /// <exception cref="UserErrorException">There can be no such key; all problems are named.</exception>
    public async Task<CreatedKey> CreateAsync(NewKey asked, string? createdBy, CancellationToken cancellationToken)
    {
        Check(asked);
        var text = KeyText.Make();
        var now = clock.GetUtcNow().UtcDateTime;
        var row = new ApiKeyRow
        {
            Id = text.Id, Name = asked.Name, SecretHash = text.Hash, Scope = asked.Scope, CreatedAt = now, CreatedBy = createdBy, ExpiresAt = asked.ExpiresInDays is { } days ? now.AddDays(days) : null,
        };
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        db.ApiKeys.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        return new(View(row), text.Text);
    }

    /// <summary>What is wrong with a key that is asked for.</summary>
    /// <exception cref="UserErrorException">There can be no such key; all problems are named.</exception>
    public static void Check(NewKey asked)
    {
        List<string> problems = [];
        if (!KeyName().IsMatch(asked.Name))
        {
            problems.Add($"name: '{Shown.Text(asked.Name)}'. Expected 1 to 100 letters, digits and the signs . _ @ -, a letter or digit first.");
        }

        if (asked.ExpiresInDays is < 1 or > MostDays)
        {
            problems.Add($"expiresInDays: {asked.ExpiresInDays}. Expected 1 to {MostDays} days, or nothing for a key that lasts until it is revoked.");
        }

        if (problems.Count > 0)
        {
            throw new UserErrorException(problems);
        }
    }

    /// <summary>All keys, the newest first, revoked and expired ones too.</summary>
    public async Task<IReadOnlyList<KeyView>> ListAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return [.. (await db.ApiKeys.AsNoTracking().OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id).ToListAsync(cancellationToken)).Select(View)];
    }

    /// <summary>Revokes a key; one that is revoked already stays as it is. Null: there is none with this id.</summary>
    public async Task<KeyView?> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        await db.ApiKeys.Where(row => row.Id == id && row.RevokedAt == null).ExecuteUpdateAsync(row => row.SetProperty(key => key.RevokedAt, now), cancellationToken);
        return await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } revoked ? View(revoked) : null;
    }

    /// <summary>The key that this text is, whether it still opens or not; null: none.</summary>
    public async Task<KeyView?> FindAsync(KeyText text, CancellationToken cancellationToken) => await UseAsync(text.Id, row => text.Has(row.SecretHash), cancellationToken);

    /// <summary>The key with this id, for a caller that has shown it before; null: none.</summary>
    public async Task<KeyView?> FindAsync(string id, CancellationToken cancellationToken) => await UseAsync(id, _ => true, cancellationToken);

    /// <summary>Whether anybody holds a key of an administrator that still opens.</summary>
    public async Task<bool> HasAdminAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        return (await db.ApiKeys.AsNoTracking().Where(row => row.Scope == KeyScope.Admin && row.RevokedAt == null).ToListAsync(cancellationToken)).Exists(row => View(row).Opens(clock.GetUtcNow()));
    }

    private async Task<KeyView?> UseAsync(string id, Func<ApiKeyRow, bool> isIt, CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if (await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } row || !isIt(row))
        {
            return null;
        }

        var hour = clock.GetUtcNow().UtcDateTime;
        hour = hour.AddTicks(-(hour.Ticks % Coarse.Ticks));
        if (View(row).Opens(clock.GetUtcNow()) && (row.LastUsedAt is null || row.LastUsedAt < hour))
        {
            await db.ApiKeys.Where(key => key.Id == row.Id).ExecuteUpdateAsync(key => key.SetProperty(used => used.LastUsedAt, hour), cancellationToken);
        }

        return View(row);
    }

    private static KeyView View(ApiKeyRow row) => new(row.Id, row.Name, row.Scope, row.CreatedAt, row.CreatedBy, row.ExpiresAt, row.RevokedAt, row.LastUsedAt);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._@-]{0,99}\\z")]
    private static partial Regex KeyName();
}
