using BatchXai.Clusters;
using BatchXai.Clusters.Comparison;
using BatchXai.Clusters.Processes;
using BatchXai.Clusters.Sabotage;
using BatchXai.Contracts.Results;
using BatchXai.Contracts.Shards;
using BatchXai.Coordinator.Data;
using Npgsql;
using Xunit;

namespace BatchXai.Distributed.Tests;

/// <summary>A test with a cluster of its own on the shared services. When it fails, it shows what every program has written.</summary>
public abstract class ClusterTest(Stage stage) : IAsyncDisposable
{
    /// <summary>A shard of twenty items lasts a second: long enough to be hit, short enough to wait for.</summary>
    protected static readonly SabotagePlan Paced = new() { Pace = 50 };

    /// <summary>Ends a test that hangs; it says nothing about how long a test takes.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private readonly CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly HashSet<Guid> withCausal = [];
    private Cluster? cluster;

    protected CancellationToken Ct => limit.Token;

    protected Stage Stage => stage;

    protected Cluster Cluster => cluster!;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (cluster is not null)
        {
            if (TestContext.Current.TestState?.Result == TestResult.Failed)
            {
                TestContext.Current.TestOutputHelper?.WriteLine(cluster.Logs);
            }

            await cluster.DisposeAsync();
        }

        limit.Dispose();
    }

    /// <summary>Makes the cluster; programs are started by the test.</summary>
    protected async Task MakeClusterAsync(Func<ClusterSettings, ClusterSettings>? change = null)
    {
        limit.CancelAfter(Limit);
        var settings = new ClusterSettings { Root = stage.Workspace.Root };
        cluster = await Cluster.CreateAsync(stage.Services, change?.Invoke(settings) ?? settings, Ct);
    }

    /// <summary>Submits the audit whose undisturbed rows are known.</summary>
    /// <param name="shardSize">Items in a shard.</param>
    /// <param name="causal">Whether with the causal tests, ten times the rows and passes: where their rows could be lost or doubled.</param>
    protected async Task<Guid> SubmitAsync(int shardSize = 20, bool causal = true)
    {
        var audit = await Cluster.Api.SubmitAsync(stage.Workspace.Request("--shard-size", $"{shardSize}", "--batch-size", "10", "--causal", causal ? "sampled" : "off"), Ct);
        if (causal)
        {
            withCausal.Add(audit);
        }

        return audit;
    }

    /// <summary>The audit ends, and nobody can tell that anything has happened.</summary>
    protected async Task EndsUndisturbedAsync(Guid audit)
    {
        await EndsWithAsync(audit, stage.Undisturbed);
        Assert.Equal([], CausalComparison.Of(withCausal.Contains(audit) ? stage.UndisturbedCausal : [], await Cluster.Database.CausalAsync(audit, Ct)));
    }

    protected async Task EndsWithAsync(Guid audit, IReadOnlyList<ItemResult> expected)
    {
        await Cluster.Api.EndAsync(audit, Ct);
        var check = await AuditCheck.OfAsync(Cluster.Database, audit, expected, Ct);
        Assert.True(check.Right, check.ToString());
    }

    /// <summary>Waits until the shards of an audit are in a state.</summary>
    protected async Task<List<ShardRow>> ShardsWhenAsync(Guid audit, Func<List<ShardRow>, bool> reached)
    {
        while (true)
        {
            try
            {
                if (await Cluster.Database.ShardsAsync(audit, Ct) is var shards && reached(shards))
                {
                    return shards;
                }
            }
            catch (NpgsqlException)
            {
                // The server is being restarted.
            }

            await Task.Delay(Tick, Ct);
        }
    }

    /// <summary>Waits until a worker runs a shard, and some shards are done.</summary>
    protected async Task<ShardRow> RunningAsync(Guid audit, ClusterProcess worker, int done = 1)
    {
        bool Mine(ShardRow shard) => shard.State == ShardState.Running && shard.Worker == worker.WorkerName;
        return (await ShardsWhenAsync(audit, shards => shards.Count(shard => shard.State == ShardState.Done) >= done && shards.Exists(Mine))).Find(Mine)!;
    }

    protected async Task UntilAsync(Func<Task<bool>> reached)
    {
        while (!await reached())
        {
            await Task.Delay(Tick, Ct);
        }
    }

    protected async Task<ShardRow> ShardAsync(Guid audit, int number) => (await Cluster.Database.ShardsAsync(audit, Ct)).Single(shard => shard.Number == number);
}
