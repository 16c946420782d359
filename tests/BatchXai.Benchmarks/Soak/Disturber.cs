using BatchXai.Clusters;
using BatchXai.Clusters.Processes;
using BatchXai.Clusters.Sabotage;
using BatchXai.Hosting.Messaging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace BatchXai.Benchmarks.Soak;

/// <summary>Keeps so many coordinators and workers running, and does them harm.</summary>
internal sealed class Disturber(Cluster cluster, FaultyBlobs blobs, Random random)
{
    private const int Coordinators = 2;
    private const int Workers = 3;

    // How often each comes, relative to the others. A broker takes ten seconds to come back, a worker two.
    private static readonly (Disturbance Kind, int Weight)[] Weights =
    [
        (Disturbance.WorkerKilled, 30), (Disturbance.WorkerFrozen, 12), (Disturbance.CoordinatorKilled, 16), (Disturbance.BrokerKilled, 4), (Disturbance.DatabaseKilled, 8),
        (Disturbance.QueuePurged, 10), (Disturbance.BlobsRough, 8), (Disturbance.BlobsDown, 6), (Disturbance.BlobsSilent, 6),
    ];

    private readonly Lock gate = new();
    private readonly List<ClusterProcess> coordinators = [];
    private readonly List<ClusterProcess> workers = [];

    /// <summary>Starts what is not there; whatever starts programs in earnest does the same.</summary>
    public void StartMissing()
    {
        lock (gate)
        {
            Fill(coordinators, Coordinators, () => cluster.StartCoordinator());
            Fill(workers, Workers, () => cluster.StartWorker(new SabotagePlan { Pace = 20 }));
        }
    }

    public Disturbance Choose()
    {
        var at = random.Next(Weights.Sum(entry => entry.Weight));
        return Weights.First(entry => (at -= entry.Weight) < 0).Kind;
    }

    /// <summary>Does it, and undoes what does not heal by itself. False: it found nothing to harm.</summary>
    public async Task<bool> DisturbAsync(Disturbance kind, CancellationToken ct)
    {
        switch (kind)
        {
            case Disturbance.WorkerKilled:
                return await KillAsync(workers, ct);
            case Disturbance.CoordinatorKilled:
                return await KillAsync(coordinators, ct);
            case Disturbance.WorkerFrozen:
                return await FreezeAsync(ct);
            case Disturbance.BrokerKilled:
                await cluster.Services.Rabbit.KillAsync(ct);
                await Task.Delay(Pause(0, 3), ct);
                await cluster.Services.Rabbit.StartAgainAsync(ct);
                return true;
            case Disturbance.DatabaseKilled:
                await cluster.Services.Postgres.KillAsync(ct);
                await Task.Delay(Pause(0, 3), ct);
                await cluster.Services.Postgres.StartAgainAsync(ct);
                return true;
            case Disturbance.QueuePurged:
                return await PurgeAsync(ct);
            default:
                blobs.Weather = kind switch { Disturbance.BlobsRough => BlobWeather.Rough, Disturbance.BlobsDown => BlobWeather.Down, _ => BlobWeather.Silent };
                await Task.Delay(Pause(1, 5), ct);
                blobs.Weather = BlobWeather.Fine;
                return true;
        }
    }

    public TimeSpan Pause(double least, double most) => TimeSpan.FromSeconds(least + (random.NextDouble() * (most - least)));

    private static void Fill(List<ClusterProcess> programs, int wanted, Func<ClusterProcess> start)
    {
        programs.RemoveAll(program => program.HasExited);
        while (programs.Count < wanted)
        {
            programs.Add(start());
        }
    }

    private ClusterProcess? Any(List<ClusterProcess> programs)
    {
        lock (gate)
        {
            var alive = programs.Where(program => !program.HasExited).ToList();
            return alive.Count == 0 ? null : alive[random.Next(alive.Count)];
        }
    }

    private async Task<bool> KillAsync(List<ClusterProcess> programs, CancellationToken ct)
    {
        var victim = Any(programs);
        await (victim?.KillAsync(ct) ?? Task.CompletedTask);
        return victim is not null;
    }

    private async Task<bool> FreezeAsync(CancellationToken ct)
    {
        if (Any(workers) is not { } victim)
        {
            return false;
        }

        victim.Send(Signal.Stop);
        await Task.Delay(Pause(3, 12), ct);
        victim.Send(Signal.Continue);
        return true;
    }

    private async Task<bool> PurgeAsync(CancellationToken ct)
    {
        try
        {
            await using var connection = await new ConnectionFactory { Uri = cluster.Broker }.CreateConnectionAsync(ct);
            await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
            return await channel.QueuePurgeAsync(Queues.Shards, ct) > 0;
        }
        catch (RabbitMQClientException)
        {
            return false; // The broker, or the queue on it, is not there at this moment.
        }
    }
}
