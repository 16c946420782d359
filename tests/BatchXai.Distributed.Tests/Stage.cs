using BatchXai.Clusters;
using BatchXai.Clusters.Comparison;
using BatchXai.Clusters.Processes;
using BatchXai.Clusters.Workspaces;
using BatchXai.Contracts.Results;
using BatchXai.Distributed.Tests;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(Stage))]
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace BatchXai.Distributed.Tests;

/// <summary>What all tests share: services that may be killed, a small dataset, and the rows of its undisturbed audit.</summary>
public sealed class Stage : IAsyncLifetime
{
    public const int Images = 200;
    private ClusterServices? services;

    public PlantedWorkspace Workspace { get; } = new(Images);

    /// <summary>Rows of the audit in one undisturbed process.</summary>
    public IReadOnlyList<ItemResult> Undisturbed { get; private set; } = [];

    /// <summary>Rows of its causal tests.</summary>
    public IReadOnlyList<CausalResult> UndisturbedCausal { get; private set; } = [];

    public ClusterServices Services => services!;

    public async ValueTask InitializeAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        services = await ClusterServices.StartAsync(ct);
        var (exitCode, _, errors) = await BatchXaiProgram.RunAsync(ct, Workspace.Run("undisturbed"));
        Assert.True(exitCode == 0, errors);
        Undisturbed = await new OutputFolder(Workspace.Output("undisturbed")).RowsAsync(ct);
        Assert.Equal(3 * Images, Undisturbed.Count);
        UndisturbedCausal = await new OutputFolder(Workspace.Output("undisturbed")).CausalAsync(ct);
        Assert.Equal(10 * Images, UndisturbedCausal.Count);
    }

    public async ValueTask DisposeAsync()
    {
        Workspace.Dispose();
        if (services is not null)
        {
            await services.DisposeAsync();
        }
    }
}
