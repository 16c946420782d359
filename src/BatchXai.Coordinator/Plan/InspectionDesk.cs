using System.Text.Json;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Models;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Dispatch;
using BatchXai.Hosting.Messaging;
using BatchXai.Storage.Artifacts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Plan;

/// <summary>Has models inspected: a worker is asked once a key, again when no answer comes, and given up in the end.</summary>
internal sealed class InspectionDesk(IBus bus, BusPresence broker, TimeProvider clock)
{
    private const int MostAsked = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(5);

    public async Task StepAsync(AuditDb db, CancellationToken cancellationToken)
    {
        await AcceptAsync(db, cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        var overdue = now - Patience;
        var open = await db.Inspections.AsNoTracking().Where(row => row.AnsweredAt == null && (row.AskedAt == null || row.AskedAt < overdue)
            && db.Audits.Any(audit => audit.State == AuditState.Planning && audit.InspectionKey == row.Key)).ToListAsync(cancellationToken);
        foreach (var inspection in open)
        {
            if (broker.ConnectedSince is not null && (inspection.Asked == 0 || await LiveWorkers.In(db, now).AnyAsync(cancellationToken)))
            {
                await (inspection.Asked < MostAsked ? AskAsync(db, inspection, now, cancellationToken) : GiveUpAsync(db, inspection, cancellationToken));
            }
        }
    }

    /// <summary>Forgets what was told about models: while an audit waits for one, a worker is asked as if for the first time.</summary>
    public static Task AskAnewAsync(IQueryable<InspectionRow> inspections, CancellationToken cancellationToken) => inspections.ExecuteUpdateAsync(
        row => row.SetProperty(value => value.AskedAt, (DateTime?)null).SetProperty(value => value.Asked, 0).SetProperty(value => value.AnsweredAt, (DateTime?)null)
            .SetProperty(value => value.Description, (string?)null).SetProperty(value => value.Problems, (string?)null),
        cancellationToken);

    /// <summary>New audits wait for their model's inspection, which may be known already.</summary>
    private static async Task AcceptAsync(AuditDb db, CancellationToken cancellationToken)
    {
        foreach (var key in await db.Audits.Where(audit => audit.State == AuditState.Submitted && audit.InspectionKey != null).Select(audit => audit.InspectionKey!).Distinct().ToListAsync(cancellationToken))
        {
            if (!await db.Inspections.AnyAsync(row => row.Key == key, cancellationToken))
            {
                await AddAsync(db, key, cancellationToken);
            }

            await db.Audits.Where(audit => audit.State == AuditState.Submitted && audit.InspectionKey == key)
                .ExecuteUpdateAsync(audit => audit.SetProperty(row => row.State, AuditState.Planning), cancellationToken);
        }
    }

    private static async Task AddAsync(AuditDb db, string key, CancellationToken cancellationToken)
    {
        db.Inspections.Add(new InspectionRow { Key = key });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException) when (db.Inspections.AsNoTracking().Any(row => row.Key == key))
        {
            // Another coordinator was first.
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    private async Task AskAsync(AuditDb db, InspectionRow inspection, DateTime now, CancellationToken cancellationToken)
    {
        var request = await db.Audits.Where(audit => audit.InspectionKey == inspection.Key && audit.State == AuditState.Planning).OrderBy(audit => audit.CreatedAt)
            .Select(audit => audit.Request).FirstOrDefaultAsync(cancellationToken);
        if (request is null)
        {
            return; // Nobody wants to know any more.
        }

        // Taken by the count, so that of two coordinators one asks.
        var taken = await db.Inspections.Where(row => row.Key == inspection.Key && row.Asked == inspection.Asked && row.AnsweredAt == null)
            .ExecuteUpdateAsync(row => row.SetProperty(value => value.AskedAt, now).SetProperty(value => value.Asked, inspection.Asked + 1), cancellationToken);
        if (taken == 0)
        {
            return;
        }

        var audit = JsonSerializer.Deserialize<AuditRequest>(request, StorageJson.Options)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(SendLimit);
        try
        {
            await bus.SendToAsync(Queues.Models, new InspectModel(inspection.Key, audit.Model, audit.Methods), limit.Token);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Not asked: the next step asks.
            await db.Inspections.Where(row => row.Key == inspection.Key && row.AnsweredAt == null)
                .ExecuteUpdateAsync(row => row.SetProperty(value => value.AskedAt, inspection.AskedAt).SetProperty(value => value.Asked, inspection.Asked), CancellationToken.None);
            throw;
        }
    }

    private async Task GiveUpAsync(AuditDb db, InspectionRow inspection, CancellationToken cancellationToken)
    {
        var error = $"No worker has told within {MostAsked} × {Patience.TotalMinutes:0} minutes what the model is. Look at the workers' logs: the model may end their process, or none can read it. Then retry the audit.";
        foreach (var auditId in await db.Audits.Where(audit => audit.InspectionKey == inspection.Key && audit.State == AuditState.Planning).Select(audit => audit.Id).ToListAsync(cancellationToken))
        {
            await AuditEnd.MoveAsync(db, auditId, AuditState.Planning, AuditState.Failed, error, clock, cancellationToken);
        }

        await AskAnewAsync(db.Inspections.Where(row => row.Key == inspection.Key && row.AnsweredAt == null), cancellationToken);
    }
}
