using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Manage;
using BatchXai.Coordinator.Tests.Data;
using BatchXai.Storage.Artifacts;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BatchXai.Coordinator.Tests.Manage;

public sealed class ManageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, EachDatabase]
    public async Task Cancelled_audit_stops_its_shards_leaves_a_marker_and_goes_on_when_retried(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        var audit = await coordinator.PlannedAsync(10, Ct);
        await coordinator.StepAsync(Ct);
        var cancellation = coordinator.Get<AuditCancellation>();
        Assert.True(await cancellation.CancelAsync(audit, Ct));
        Assert.True(await cancellation.CancelAsync(audit, Ct));
        Assert.Equal(AuditState.Cancelled, (await coordinator.AuditAsync(audit, Ct)).State);
        Assert.All(await coordinator.ShardsAsync(audit, Ct), shard => Assert.Equal(ShardState.Cancelled, shard.State));
        Assert.True(await coordinator.Blobs.ExistsAsync(ArtifactAddresses.Cancelled(audit), Ct));

        Assert.True(await coordinator.Get<AuditRetry>().RetryAsync(audit, Ct));
        Assert.False(await coordinator.Blobs.ExistsAsync(ArtifactAddresses.Cancelled(audit), Ct));
        await coordinator.StepAsync(Ct);
        var shards = await coordinator.ShardsAsync(audit, Ct);
        Assert.Equal((8, 2), (shards.Count(shard => shard.State == ShardState.Dispatched), shards.Count(shard => shard.State == ShardState.Pending)));
    }

    [Theory, EachDatabase]
    public async Task Deleted_audit_leaves_nothing(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        var (audit, other) = (await coordinator.PlannedAsync(2, Ct), await coordinator.PlannedAsync(1, Ct));
        Assert.True(await coordinator.Get<AuditDeletion>().DeleteAsync(audit, Ct));
        Assert.False(await coordinator.Get<AuditDeletion>().DeleteAsync(audit, Ct));
        await using var db = await coordinator.DatabaseAsync(Ct);
        Assert.Equal(other, (await db.Audits.SingleAsync(Ct)).Id);
        Assert.Equal(1, await db.Shards.CountAsync(Ct));
        Assert.Empty(await coordinator.Blobs.ListAsync(ArtifactAddresses.Audit(audit), Ct).ToListAsync(Ct));
        Assert.NotEmpty(await coordinator.Blobs.ListAsync(ArtifactAddresses.Audit(other), Ct).ToListAsync(Ct));
    }

    [Theory, EachDatabase]
    public async Task Nothing_is_done_to_audits_that_do_not_exist(DatabaseKind database)
    {
        await using var coordinator = await EmbeddedCoordinator.StartAsync(database, Ct);
        Assert.False(await coordinator.Get<AuditCancellation>().CancelAsync(Guid.NewGuid(), Ct));
        Assert.False(await coordinator.Get<AuditRetry>().RetryAsync(Guid.NewGuid(), Ct));
        Assert.False(await coordinator.Get<AuditDeletion>().DeleteAsync(Guid.NewGuid(), Ct));
    }
}
