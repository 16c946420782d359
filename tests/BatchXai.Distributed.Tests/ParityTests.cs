using BatchXai.Clusters.Comparison;
using BatchXai.Clusters.Processes;
using BatchXai.Clusters.Workspaces;
using BatchXai.Contracts.Shards;
using BatchXai.Testing;
using Xunit;

namespace BatchXai.Distributed.Tests;

/// <summary>The programs as they ship, nothing going wrong.</summary>
public sealed class ParityTests(Stage stage) : ClusterTest(stage)
{
    [Fact]
    public async Task Two_workers_give_the_rows_of_one_process()
    {
        await MakeClusterAsync();
        Cluster.StartCoordinator();
        Cluster.StartWorker();
        Cluster.StartWorker();
        var audit = await SubmitAsync();
        await EndsUndisturbedAsync(audit);

        Assert.Empty((await Cluster.MapsAsync(audit, Ct)).DifferencesFrom(await new OutputFolder(Stage.Workspace.Output("undisturbed")).MapsAsync(Ct)));
        var shards = await Cluster.Database.ShardsAsync(audit, Ct);
        Assert.All(shards, shard => Assert.Equal((ShardState.Done, 1, 0), (shard.State, shard.Attempt, shard.Deaths)));
        var report = await Cluster.Api.ReportAsync(audit, Ct);
        Assert.Equal(Stage.Images, report.GetProperty("outcomes").EnumerateObject().Sum(outcome => outcome.Value.GetInt32()));
    }

    [Fact]
    public async Task Published_model_on_photographs_gives_the_rows_of_one_process()
    {
        using var images = SharedImages.OfCaltech(perClass: 3);
        string[] flags =
        [
            "--model", SharedData.PathOrSkip("models/mobilenet_v2_1.0_224.onnx"), "--data", images.Images, "--masks", images.Masks,
            "--class-map", SharedData.PathOrSkip("caltech101/class-map-imagenet1001.csv"), "--scale", "1", "--mean", "127", "--std", "127.5", "--fit", "squash",
            "--methods", "cam,gradcam,saliency", "--shard-size", "8", "--batch-size", "8",
        ];
        await MakeClusterAsync(settings => settings with { Root = "/", TorchThreads = Environment.ProcessorCount }); // As many as the one process has: sums depend on it.
        var (exitCode, _, errors) = await BatchXaiProgram.RunAsync(Ct, ["run", .. flags, "--out", images.Output("undisturbed")]);
        Assert.True(exitCode == 0, errors);

        Cluster.StartCoordinator();
        Cluster.StartWorker();
        Cluster.StartWorker();
        var audit = await Cluster.Api.SubmitAsync(WrittenRequest.Parse(flags), Ct);
        var undisturbed = new OutputFolder(images.Output("undisturbed"));
        await EndsWithAsync(audit, await undisturbed.RowsAsync(Ct));
        var maps = await Cluster.MapsAsync(audit, Ct);
        Assert.Equal(90, maps.Count);
        Assert.Empty(maps.DifferencesFrom(await undisturbed.MapsAsync(Ct)));
    }
}
