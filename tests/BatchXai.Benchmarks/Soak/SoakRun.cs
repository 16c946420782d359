using System.Diagnostics;
using System.Globalization;
using BatchXai.Clusters;
using BatchXai.Clusters.Comparison;
using BatchXai.Clusters.Processes;
using BatchXai.Clusters.Sabotage;
using BatchXai.Clusters.Workspaces;
using BatchXai.Contracts.Results;
using BatchXai.Contracts.Shards;
using Npgsql;

namespace BatchXai.Benchmarks.Soak;

/// <summary>Audits keep coming to a cluster whose parts keep dying; in the end every one of them must be as if nothing had happened.</summary>
internal static class SoakRun
{
    private const int Images = 120;
    private const int MostOpen = 3;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var (minutes, seed) = (Option(arguments, "--minutes", 5), (int)Option(arguments, "--seed", Environment.TickCount));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"soak: {minutes} minutes, seed {seed}"));
        using var workspace = new PlantedWorkspace(Images);
        var (exitCode, _, errors) = await BatchXaiProgram.RunAsync(ct, workspace.Run("undisturbed"));
        if (exitCode != 0)
        {
            Console.Error.WriteLine(errors);
            return exitCode;
        }

        var undisturbed = await new OutputFolder(workspace.Output("undisturbed")).RowsAsync(ct);
        await using var services = await ClusterServices.StartAsync(ct);
        await using var blobs = await FaultyBlobs.StartAsync(services.Blobs.ConnectionString, ct);
        await using var cluster = await Cluster.CreateAsync(services, new() { Root = workspace.Root, BlobConnection = blobs.ConnectionString, SilenceSeconds = 5 }, ct);
        var (tally, disturber, clock) = (new SoakTally(), new Disturber(cluster, blobs, new Random(seed)), Stopwatch.StartNew());

        using var calm = CancellationTokenSource.CreateLinkedTokenSource(ct);
        calm.CancelAfter(TimeSpan.FromMinutes(minutes));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task[] loops =
        [
            EveryTickAsync(() => { disturber.StartMissing(); return Task.CompletedTask; }, over.Token),
            EveryTickAsync(() => CountAsync(cluster, tally, clock, ct), over.Token),
        ];
        await Task.WhenAll(SubmitAsync(cluster, workspace, tally, undisturbed, new Random(seed + 1), calm.Token, ct), DisturbAsync(disturber, tally, clock, calm.Token, ct));
        await over.CancelAsync();
        await Task.WhenAll(loops);
        tally.Print();
        if (!tally.Right)
        {
            var log = Path.Combine(Path.GetTempPath(), $"batchxai-soak-{seed}.log");
            await File.WriteAllTextAsync(log, cluster.Logs, ct);
            Console.WriteLine($"what every program has written: {log}");
        }

        return tally.Right ? 0 : 1;
    }

    private static async Task DisturbAsync(Disturber disturber, SoakTally tally, Stopwatch clock, CancellationToken calm, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                await Task.Delay(disturber.Pause(.5, 4), calm);
                var (kind, at) = (disturber.Choose(), clock.Elapsed);
                if (await disturber.DisturbAsync(kind, ct))
                {
                    tally.Disturbed(kind, at);
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{at.TotalSeconds,6:F1} s  {kind}"));
                }
            }
        }
        catch (OperationCanceledException) when (calm.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            // What was begun has been undone.
        }
    }

    /// <summary>Submits audit after audit, and checks each at its end; after the time is up, waits for those that are open.</summary>
    private static async Task SubmitAsync(Cluster cluster, PlantedWorkspace workspace, SoakTally tally, IReadOnlyList<ItemResult> undisturbed, Random random, CancellationToken calm, CancellationToken ct)
    {
        List<Task> open = [];
        using var last = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var grace = calm.Register(() => last.CancelAfter(Grace));
        while (!calm.IsCancellationRequested)
        {
            open.RemoveAll(task => task.IsCompletedSuccessfully);
            if (open.Count < MostOpen)
            {
                open.Add(OneAsync(random.Next(3, 31)));
            }

            await Task.Delay(Tick, ct);
        }

        await Task.WhenAll(open);

        async Task OneAsync(int shardSize)
        {
            try
            {
                var audit = await cluster.Api.SubmitAsync(workspace.Request("--shard-size", shardSize.ToString(CultureInfo.InvariantCulture), "--batch-size", "10"), last.Token);
                tally.Submitted(audit);
                await cluster.Api.EndAsync(audit, last.Token);
                tally.Ended(audit, await CheckAsync(cluster, audit, undisturbed, last.Token));
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                // It did not end: the table says so.
            }
        }
    }

    private static async Task<AuditCheck> CheckAsync(Cluster cluster, Guid audit, IReadOnlyList<ItemResult> undisturbed, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return await AuditCheck.OfAsync(cluster.Database, audit, undisturbed, ct);
            }
            catch (Exception trouble) when (trouble is NpgsqlException || trouble.InnerException is NpgsqlException)
            {
                await Task.Delay(Tick, ct); // The database is being killed at this moment.
            }
        }
    }

    private static async Task CountAsync(Cluster cluster, SoakTally tally, Stopwatch clock, CancellationToken ct)
    {
        try
        {
            tally.Counted(await cluster.Database.CountAsync(ShardState.Done, ct), clock.Elapsed);
        }
        catch (Exception trouble) when (trouble is NpgsqlException || trouble.InnerException is NpgsqlException)
        {
            // Next time.
        }
    }

    private static async Task EveryTickAsync(Func<Task> work, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await work();
            await Task.Delay(Tick, over).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private static double Option(IReadOnlyList<string> arguments, string name, double otherwise) =>
        arguments.Zip(arguments.Skip(1)).FirstOrDefault(pair => pair.First == name) is { Second: { } value } ? double.Parse(value, CultureInfo.InvariantCulture) : otherwise;
}
