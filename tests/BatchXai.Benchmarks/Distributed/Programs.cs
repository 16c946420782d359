using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using BatchXai.Contracts.Audits;
using BatchXai.Storage.Artifacts;
using BatchXai.Testing.Services;

namespace BatchXai.Benchmarks.Distributed;

/// <summary>Coordinator and workers as they ship, each a process of its own, over services of their own.</summary>
internal sealed class Programs : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly Services services;
    private readonly Dictionary<string, string> settings;
    private readonly HttpClient api = new() { BaseAddress = new($"http://127.0.0.1:{FreePorts.Take(1)[0]}/") };
    private readonly List<RunningProgram> workers = [];
    private RunningProgram? coordinator;

    private Programs(Services services, string database, Dictionary<string, string> settings) => (this.services, this.settings, Records) = (services, settings, new Records(database));

    public Records Records { get; }

    public Uri Broker => services.Broker;

    /// <summary>The most memory that the coordinator has held so far, MiB.</summary>
    public double CoordinatorPeak => coordinator!.PeakMemory;

    /// <summary>What the programs have written, for a run that went wrong.</summary>
    public string Logs => string.Join("\n\n", workers.Prepend(coordinator!).Select(program => program.Log));

    /// <summary>Starts services and coordinator.</summary>
    /// <param name="root">Folder below which models and images lie.</param>
    /// <param name="artifacts">Folder for artifacts; null: the blob account.</param>
    /// <param name="window">Shards in flight; null: as many as fit the workers.</param>
    /// <param name="ct">Stops the start.</param>
    public static async Task<Programs> StartAsync(string root, string? artifacts, int? window, CancellationToken ct)
    {
        var services = await Services.StartAsync(ct);
        var database = await services.CreateDatabaseAsync(ct);
        var programs = new Programs(services, database, new()
        {
            ["BATCHXAI_Database__ConnectionString"] = database,
            ["BATCHXAI_Broker__Uri"] = services.Broker.ToString(),
            [artifacts is null ? "BATCHXAI_Blobs__ConnectionString" : "BATCHXAI_Blobs__Folder"] = artifacts ?? services.Blobs,
            ["BATCHXAI_Sources__Roots__0"] = root,
            ["BATCHXAI_Dispatch__Window"] = window?.ToString(CultureInfo.InvariantCulture) ?? "",
        });
        await using (var migration = programs.Start("BatchXai.Coordinator", ["migrate"], []))
        {
            if (await migration.EndAsync(ct) != 0)
            {
                throw new InvalidOperationException(migration.Log);
            }
        }

        programs.coordinator = programs.Start("BatchXai.Coordinator", [], new() { ["ASPNETCORE_URLS"] = programs.api.BaseAddress!.ToString() });
        return programs;
    }

    /// <summary>Begins to count what coordinator, workers, services and this program use of the processors.</summary>
    public async Task<ProcessorTime> CountAsync(CancellationToken ct) => new(
    [
        ("coordinator", coordinator!.ProcessId),
        .. workers.Where(worker => worker.IsRunning).Select((worker, place) => ($"worker {place + 1}", worker.ProcessId)),
        .. await services.ProcessesAsync(ct),
        (ProcessorTime.Own, Environment.ProcessId),
    ]);

    /// <summary>Starts a worker with settings of its own.</summary>
    /// <param name="own">The settings.</param>
    /// <param name="processor">The only processor that it may use; null: any.</param>
    public RunningProgram StartWorker(IReadOnlyDictionary<string, string> own, int? processor = null)
    {
        var worker = Start("BatchXai.Worker", [], new(own) { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0" }, processor);
        workers.Add(worker);
        return worker;
    }

    /// <summary>Submits an audit, once the coordinator answers; returns its id.</summary>
    public async Task<Guid> SubmitAsync(AuditRequest request, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                using var answer = await api.PostAsJsonAsync("api/audits", request, StorageJson.Options, ct);
                var body = await answer.Content.ReadAsStringAsync(ct);
                return answer.IsSuccessStatusCode ? JsonDocument.Parse(body).RootElement.GetProperty("id").GetGuid() : throw new InvalidOperationException(body);
            }
            catch (HttpRequestException)
            {
                await Task.Delay(Tick, ct); // It is only just starting.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in workers)
        {
            await worker.DisposeAsync();
        }

        await coordinator!.DisposeAsync();
        api.Dispose();
        await services.DisposeAsync();
    }

    private RunningProgram Start(string program, IReadOnlyList<string> arguments, Dictionary<string, string> own, int? processor = null)
    {
        foreach (var (key, value) in settings)
        {
            own.TryAdd(key, value);
        }

        return new(program, arguments, own, processor);
    }
}
