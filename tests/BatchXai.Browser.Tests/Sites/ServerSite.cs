using BatchXai.Clusters;
using BatchXai.Clusters.Processes;
using BatchXai.Clusters.Workspaces;
using Xunit;

namespace BatchXai.Browser.Tests.Sites;

/// <summary>A coordinator and a worker as they ship, over real services, with the two audits and one that failed.</summary>
public sealed class ServerSite : IAsyncDisposable
{
    private readonly ClusterServices services;
    private readonly Cluster cluster;

    private ServerSite(ClusterServices services, Cluster cluster, ClusterProcess worker, Site site, Guid failed) =>
        (this.services, this.cluster, Worker, Site, Failed) = (services, cluster, worker, site, failed);

    public Site Site { get; }

    /// <summary>An audit whose model is none.</summary>
    public Guid Failed { get; }

    /// <summary>The one worker, which a test may freeze for a while.</summary>
    public ClusterProcess Worker { get; }

    /// <summary>The same audits behind a door: a second coordinator over the same database, which lets nobody in without a key.</summary>
    /// <param name="adminKey">The first key.</param>
    /// <param name="ct">Stops waiting for it.</param>
    public Task<Uri> CloseAsync(string adminKey, CancellationToken ct) => cluster.StartClosedCoordinatorAsync(adminKey, ct);

    /// <summary>What the programs have written.</summary>
    public string Logs => cluster.Logs;

    public static async Task<ServerSite> StartAsync(Models models, CancellationToken ct)
    {
        var services = await ClusterServices.SharedAsync(ct);
        var cluster = await Cluster.CreateAsync(services, new() { Root = models.Root }, ct);
        cluster.StartCoordinator();
        var worker = cluster.StartWorker();
        var audits = new List<Guid>();
        foreach (var name in new[] { "biased", "balanced" })
        {
            audits.Add(await cluster.Api.SubmitAsync(WrittenRequest.Parse(models.Flags(name)), ct));
        }

        var request = WrittenRequest.Parse(models.Flags("biased"));
        var nothing = models.Output("nothing.onnx");
        await File.WriteAllTextAsync(nothing, "no model", ct);
        var failed = await cluster.Api.SubmitAsync(request with { Name = "a file that is no model", Model = request.Model with { Path = nothing } }, ct);
        Assert.Equal(["done", "done", "failed"], [await cluster.Api.EndAsync(audits[0], ct), await cluster.Api.EndAsync(audits[1], ct), await cluster.Api.EndAsync(failed, ct)]);
        return new(services, cluster, worker, new(cluster.Coordinators[0], audits[0], audits[1]), failed);
    }

    public async ValueTask DisposeAsync()
    {
        await cluster.DisposeAsync();
        await services.DisposeAsync();
    }
}
