using System.Globalization;
using BatchXai.Clusters;
using BatchXai.Clusters.Processes;
using BatchXai.Contracts.Audits;
using BatchXai.Testing.Services;

namespace BatchXai.Benchmarks.Distributed;

/// <summary>Coordinator and workers as they ship, each a process of its own, over services of their own.</summary>
internal sealed class Programs : IAsyncDisposable
{
    private readonly ClusterServices services;
    private readonly Dictionary<string, string> settings;
    private readonly Uri address = new($"http://127.0.0.1:{FreePorts.Take(1)[0]}/");
    private readonly ClusterClient api;
    private readonly List<ClusterProcess> workers = [];
    private readonly ClusterProcess coordinator;

    private Programs(ClusterServices services, string database, Dictionary<string, string> settings)
    {
        (this.services, this.settings, Records, api) = (services, settings, new Records(database), new ClusterClient(() => [address]));
        coordinator = Start("coordinator", "BatchXai.Coordinator", new() { ["ASPNETCORE_URLS"] = address.ToString() });
    }

    public Records Records { get; }

    public Uri Broker => services.Rabbit.Uri;

    /// <summary>Where the coordinator answers.</summary>
    public Uri Address => address;

    /// <summary>The memory that the coordinator holds, MiB.</summary>
    public double CoordinatorMemory => coordinator.Memory;

    /// <summary>The most memory that the coordinator has held so far, MiB.</summary>
    public double CoordinatorPeak => coordinator.PeakMemory;

    /// <summary>What the programs have written, for a run that went wrong.</summary>
    public string Logs => string.Join("\n\n", workers.Prepend(coordinator).Select(program => program.Log));

    /// <summary>Starts services and coordinator.</summary>
    /// <param name="root">Folder below which models and images lie.</param>
    /// <param name="artifacts">Folder for artifacts; null: the blob account.</param>
    /// <param name="window">Shards in flight; null: as many as fit the workers.</param>
    /// <param name="ct">Stops the start.</param>
    public static async Task<Programs> StartAsync(string root, string? artifacts, int? window, CancellationToken ct)
    {
        var services = await ClusterServices.StartAsync(ct, durable: true);
        var database = await services.CreateDatabaseAsync(ct);
        return new(services, database, new()
        {
            ["BATCHXAI_Database__ConnectionString"] = database,
            ["BATCHXAI_Broker__Uri"] = services.Rabbit.Uri.ToString(),
            [artifacts is null ? "BATCHXAI_Blobs__ConnectionString" : "BATCHXAI_Blobs__Folder"] = artifacts ?? services.Blobs.ConnectionString,
            ["BATCHXAI_Sources__Roots__0"] = root,
            ["BATCHXAI_Dispatch__Window"] = window?.ToString(CultureInfo.InvariantCulture) ?? "",
        });
    }

    /// <summary>Begins to count what coordinator, workers, services and this program use of the processors.</summary>
    public async Task<ProcessorTime> CountAsync(CancellationToken ct) => new(
    [
        (coordinator.Name, coordinator.Id),
        .. workers.Select((worker, place) => ($"worker {place + 1}", worker.Id)),
        ("database", await services.Postgres.ProcessIdAsync(ct)),
        ("broker", await services.Rabbit.ProcessIdAsync(ct)),
        ("blob account", await services.Blobs.ProcessIdAsync(ct)),
        (ProcessorTime.Own, Environment.ProcessId),
    ]);

    /// <summary>Starts a worker with settings of its own.</summary>
    /// <param name="own">The settings.</param>
    /// <param name="processor">The only processor that it may use; null: any.</param>
    public void StartWorker(IReadOnlyDictionary<string, string> own, int? processor = null) =>
        workers.Add(Start("worker", "BatchXai.Worker", new(own) { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" }, processor));

    /// <summary>Ends all workers.</summary>
    public async Task EndWorkersAsync()
    {
        foreach (var worker in workers)
        {
            await worker.DisposeAsync();
        }

        workers.Clear();
    }

    /// <summary>Submits an audit, once the coordinator answers; returns its id.</summary>
    public Task<Guid> SubmitAsync(AuditRequest request, CancellationToken ct) => api.SubmitAsync(request, ct);

    public async ValueTask DisposeAsync()
    {
        await EndWorkersAsync();
        await coordinator.DisposeAsync();
        api.Dispose();
        await services.DisposeAsync();
    }

    private ClusterProcess Start(string name, string program, Dictionary<string, string> own, int? processor = null)
    {
        foreach (var (key, value) in settings)
        {
            own.TryAdd(key, value);
        }

        return ClusterProcess.Start(name, program, [], own, processor);
    }
}
