using System.Globalization;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using BatchXai.Clusters.Comparison;
using BatchXai.Clusters.Processes;
using BatchXai.Clusters.Sabotage;
using BatchXai.Storage.Artifacts;
using BatchXai.Testing.Services;

namespace BatchXai.Clusters;

/// <summary>Coordinators and workers as processes of their own over real services: a database, a virtual host and a container that are new.</summary>
public sealed class Cluster : IAsyncDisposable
{
    private readonly Dictionary<string, string> environment;
    private readonly BlobContainerClient artifacts;
    private readonly Lock gate = new();
    private readonly List<(ClusterProcess Process, Uri? Address)> programs = [];
    private readonly string caches = Directory.CreateTempSubdirectory("batchxai-cluster-").FullName;

    private Cluster(ClusterServices services, ClusterSettings settings, string database, Uri broker, string container)
    {
        (Services, Broker, Database) = (services, broker, new ClusterDatabase(database));
        Api = new(() => Coordinators);
        artifacts = new(services.Blobs.ConnectionString, container);
        environment = new()
        {
            ["BATCHXAI_Database__ConnectionString"] = database,
            ["BATCHXAI_Broker__Uri"] = broker.ToString(),
            ["BATCHXAI_Blobs__ConnectionString"] = settings.BlobConnection ?? services.Blobs.ConnectionString,
            ["BATCHXAI_Blobs__Container"] = container,
            ["BATCHXAI_Sources__Roots__0"] = settings.Root,
            ["BATCHXAI_Worker__Slots"] = Text(settings.Slots),
            ["BATCHXAI_Worker__TorchThreads"] = Text(settings.TorchThreads),
            ["BATCHXAI_Worker__StallSeconds"] = Text(settings.StallSeconds),
            ["BATCHXAI_Dispatch__Window"] = Text(settings.Window),
            ["BATCHXAI_Dispatch__SilenceSeconds"] = Text(settings.SilenceSeconds),
            ["DOTNET_TC_CallCounting"] = "0", // These processes live for seconds: what is compiled quickly stays, or most of their time goes into compiling again.
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = settings.Collector?.ToString() ?? "",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        };
    }

    public ClusterServices Services { get; }

    public ClusterDatabase Database { get; }

    public Uri Broker { get; }

    public ClusterClient Api { get; }

    /// <summary>Addresses of the coordinators that have not ended.</summary>
    public IReadOnlyList<Uri> Coordinators => [.. Programs.Where(program => !program.Process.HasExited).Select(program => program.Address).OfType<Uri>()];

    /// <summary>What every program has written, for a test that failed.</summary>
    public string Logs => string.Join("\n\n", Programs.Select(program => $"== {program.Process.Name} ({program.Process.Id}{(program.Process.HasExited ? ", ended" : "")})\n{program.Process.Log}"));

    private List<(ClusterProcess Process, Uri? Address)> Programs
    {
        get
        {
            lock (gate)
            {
                return [.. programs];
            }
        }
    }

    /// <summary>Makes the tables and the names; starts no program yet.</summary>
    public static async Task<Cluster> CreateAsync(ClusterServices services, ClusterSettings settings, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(settings);
        return new(services, settings, await services.CreateDatabaseAsync(ct), await services.Rabbit.CreateVirtualHostAsync(ct), services.Blobs.CreateContainerName());
    }

    /// <summary>The coordinator as it ships, or with something that goes wrong in it.</summary>
    public ClusterProcess StartCoordinator(SabotagePlan? sabotage = null) => Start("coordinator", "BatchXai.Coordinator", sabotage, new Uri($"http://127.0.0.1:{FreePorts.Take(1)[0]}/"));

    /// <summary>A coordinator that lets nobody in without a key. <see cref="Api"/>, which has none, does not ask it.</summary>
    /// <param name="adminKey">The first key.</param>
    /// <param name="ct">Stops waiting for it.</param>
    /// <returns>Its address, once it answers.</returns>
    public async Task<Uri> StartClosedCoordinatorAsync(string adminKey, CancellationToken ct)
    {
        var address = new Uri($"http://127.0.0.1:{FreePorts.Take(1)[0]}/");
        var process = Start("closed", "BatchXai.Coordinator", null, null, new() { ["ASPNETCORE_URLS"] = address.ToString(), ["BATCHXAI_Access__AdminKey"] = adminKey });
        using var http = new HttpClient();
        while (!await AnswersAsync())
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"The closed coordinator has ended:\n{process.Log}");
            }

            await Task.Delay(100, ct);
        }

        return address;

        async Task<bool> AnswersAsync()
        {
            try
            {
                return (await http.GetAsync(new Uri(address, "health/live"), ct)).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }
    }

    /// <summary>A worker as it ships, or with something that goes wrong in it.</summary>
    public ClusterProcess StartWorker(SabotagePlan? sabotage = null) => Start("worker", "BatchXai.Worker", sabotage, null);

    /// <summary>Runs of a shard that have stored all their artifacts, whether they were counted or not.</summary>
    public async Task<List<Guid>> RunsAsync(Guid audit, int shard, CancellationToken ct)
    {
        var runs = new List<Guid>();
        var folder = ArtifactAddresses.Run(audit, shard, Guid.Empty)[..^$"{Guid.Empty}/".Length];
        await foreach (var blob in artifacts.GetBlobsAsync(BlobTraits.None, BlobStates.None, folder, ct))
        {
            if (blob.Name.EndsWith(ArtifactAddresses.ItemsName, StringComparison.Ordinal))
            {
                runs.Add(Guid.Parse(blob.Name[folder.Length..^$"/{ArtifactAddresses.ItemsName}".Length]));
            }
        }

        return runs;
    }

    /// <summary>Every heatmap of the counted runs.</summary>
    public Task<StoredMaps> MapsAsync(Guid audit, CancellationToken ct) =>
        Database.MapsAsync(audit, address => artifacts.GetBlobClient(address).OpenReadAsync(cancellationToken: ct), ct);

    public async ValueTask DisposeAsync()
    {
        foreach (var (process, _) in Programs)
        {
            await process.DisposeAsync();
        }

        Api.Dispose();
        Directory.Delete(caches, recursive: true);
    }

    private ClusterProcess Start(string role, string program, SabotagePlan? sabotage, Uri? address, Dictionary<string, string>? more = null)
    {
        lock (gate)
        {
            var name = $"{role} {programs.Count(other => other.Process.Name.StartsWith(role, StringComparison.Ordinal)) + 1}";
            Dictionary<string, string> variables = new(environment)
            {
                ["ASPNETCORE_URLS"] = address?.ToString() ?? "http://127.0.0.1:0",
                ["BATCHXAI_Worker__CacheFolder"] = Directory.CreateDirectory(Path.Combine(caches, name)).FullName,
                [SabotagePlan.Variable] = sabotage?.ToString() ?? "",
            };
            foreach (var (variable, value) in more ?? [])
            {
                variables[variable] = value;
            }

            var process = sabotage is null ? ClusterProcess.Start(name, program, [], variables) : ClusterProcess.Start(name, "BatchXai.Clusters", [role], variables);
            programs.Add((process, address));
            return process;
        }
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
