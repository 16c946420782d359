using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using BatchXai.Worker.Runs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace BatchXai.Worker.Tests.Runs;

public sealed class AuditCancellationsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("batchxai-cancel-").FullName;
    private readonly FakeTimeProvider clock = new();
    private readonly GatedBlobs blobs;
    private readonly AuditCancellations cancellations;
    private readonly Guid audit = Guid.NewGuid();

    public AuditCancellationsTests()
    {
        blobs = new(new FolderBlobStore(folder));
        cancellations = new(blobs, clock, NullLogger<AuditCancellations>.Instance);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Audit_that_is_cancelled_already_is_seen_at_once()
    {
        await PlanAsync();
        await CancelAsync();
        using var watch = await cancellations.WatchAsync(audit, Ct);
        Assert.True(watch.IsCancelled);
    }

    [Fact]
    public async Task Deleted_audit_counts_as_cancelled()
    {
        using var watch = await cancellations.WatchAsync(audit, Ct);
        Assert.True(watch.IsCancelled);
    }

    [Fact]
    public async Task Cancel_reaches_every_run_of_the_audit_by_one_look()
    {
        await PlanAsync();
        using var first = await cancellations.WatchAsync(audit, Ct);
        using var second = await cancellations.WatchAsync(audit, Ct);
        Assert.False(first.IsCancelled);
        Assert.Equal(2, blobs.Asked.Count); // Marker and plan, once.

        await CancelAsync();
        await UntilAsync(first);
        Assert.True(second.IsCancelled);
    }

    [Fact]
    public async Task Audit_that_is_taken_up_again_runs()
    {
        await PlanAsync();
        using var before = await cancellations.WatchAsync(audit, Ct);
        await CancelAsync();
        await UntilAsync(before);
        await blobs.DeleteAsync(ArtifactAddresses.Cancelled(audit), Ct);

        using var after = await cancellations.WatchAsync(audit, Ct);
        Assert.False(after.IsCancelled);
    }

    private Task PlanAsync() => blobs.WriteAsync(ArtifactAddresses.Plan(audit), [], Ct);

    private Task CancelAsync() => blobs.WriteAsync(ArtifactAddresses.Cancelled(audit), [], Ct);

    private async Task UntilAsync(AuditWatch watch)
    {
        while (!watch.IsCancelled)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10, Ct);
        }
    }
}
