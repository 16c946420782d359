using System.Collections.Concurrent;
using BatchXai.Cli.Embedded;
using BatchXai.Contracts;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Front.Places;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BatchXai.Cli.Serve;

/// <summary>The output folders of this machine. They are only read, so that an audit that runs can be watched; folders that are noted later are found too.</summary>
/// <param name="given">Folders that the person named, absolute.</param>
/// <param name="noted">Folders that were noted when they were audited.</param>
/// <param name="lifetime">Of the program that shows them.</param>
internal sealed class FolderPlaces(IReadOnlyList<string> given, AuditedFolders noted, IHostApplicationLifetime lifetime) : IAuditPlaces, IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1);
    private readonly Dictionary<string, AuditPlace> open = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, AuditPlace> known = new();

    /// <inheritdoc/>
    public string FirstStep => "batchxai run --model model.onnx --data images/ --masks masks/ --preprocess imagenet --out audit/";

    /// <inheritdoc/>
    public async Task<AuditPlacesSeen> LookAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            var (places, troubles) = (new List<AuditPlace>(), new List<string>());
            foreach (var folder in given.Concat(noted.Read()).Distinct(StringComparer.Ordinal))
            {
                try
                {
                    places.Add(await OpenAsync(folder, cancellationToken));
                }
                catch (UserErrorException bad)
                {
                    troubles.AddRange(bad.Problems.Select(problem => $"Not shown: {problem}"));
                }
            }

            return new(places, troubles);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<AuditPlace?> FindAsync(Guid auditId, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(auditId, out var before) && File.Exists(Database(before.Folder!)) && await before.Views.StateAsync(auditId, cancellationToken) is not null)
        {
            return before;
        }

        foreach (var place in (await LookAsync(cancellationToken)).Places)
        {
            if (await place.Views.StateAsync(auditId, cancellationToken) is not null)
            {
                return known[auditId] = place;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var place in open.Values)
        {
            await place.DisposeAsync();
        }

        gate.Dispose();
    }

    private static string Database(string folder) => Path.Combine(folder, "batchxai.db");

    private async Task<AuditPlace> OpenAsync(string folder, CancellationToken cancellationToken)
    {
        if (!File.Exists(Database(folder)))
        {
            throw new UserErrorException($"'{folder}' holds no audit: there is no batchxai.db in it.");
        }

        if (open.TryGetValue(folder, out var place))
        {
            return place;
        }

        place = AuditPlace.InFolder(folder, lifetime);
        try
        {
            await BringUpToDateAsync(place, cancellationToken);
            return open[folder] = place;
        }
        catch (Exception failed)
        {
            await place.DisposeAsync();
            throw failed is SqliteException ? new UserErrorException($"'{folder}': its database cannot be read: {failed.Message}") : failed;
        }
    }

    /// <summary>Tables of an earlier version are brought up to date, as any command does that opens the folder, and only while nobody works in it.</summary>
    private static async Task BringUpToDateAsync(AuditPlace place, CancellationToken cancellationToken)
    {
        await using (var db = await place.Databases.CreateDbContextAsync(cancellationToken))
        {
            var (applied, ours) = (await db.Database.GetAppliedMigrationsAsync(cancellationToken), db.Database.GetMigrations());
            if (ours.SequenceEqual(applied))
            {
                return;
            }
        }

        using var folder = OutputFolder.Take(place.Folder!, fresh: false);
        using var host = EmbeddedAudit.Build(folder);
        await AuditDatabase.MigrateAsync(host.Services, cancellationToken);
    }
}
