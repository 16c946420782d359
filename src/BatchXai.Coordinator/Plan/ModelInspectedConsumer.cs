using System.Text.Json;
using BatchXai.Contracts.Models;
using BatchXai.Coordinator.Data;
using BatchXai.Coordinator.Dispatch;
using BatchXai.Storage.Artifacts;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace BatchXai.Coordinator.Plan;

/// <summary>A worker has looked at a model: its answer is kept, and the audits that wait for it go on.</summary>
internal sealed class ModelInspectedConsumer(IDbContextFactory<AuditDb> databases, AuditSignal signal, TimeProvider clock) : IConsumer<ModelInspected>
{
    public async Task Consume(ConsumeContext<ModelInspected> context)
    {
        var (key, model, problems) = context.Message;
        var now = clock.GetUtcNow().UtcDateTime;
        var description = model is null ? null : JsonSerializer.Serialize(model, StorageJson.Options);
        var told = model is null ? JsonSerializer.Serialize(problems) : null;
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        await db.Inspections.Where(row => row.Key == key && row.AnsweredAt == null).ExecuteUpdateAsync(
            row => row.SetProperty(value => value.AnsweredAt, now).SetProperty(value => value.Description, description).SetProperty(value => value.Problems, told),
            context.CancellationToken);
        signal.Raise();
    }
}
