using BatchXai.Contracts.Audits;

namespace BatchXai.Benchmarks.Distributed;

/// <summary>One audit of real images over workers that were started for it alone.</summary>
internal static class DistributedAudit
{
    /// <summary>Runs it to its end and returns its id.</summary>
    /// <param name="programs">Coordinator and services.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="workers">Number of workers.</param>
    /// <param name="settings">Settings of each worker.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<Guid> RunAsync(Programs programs, AuditRequest request, int workers, Dictionary<string, string> settings, CancellationToken ct)
    {
        var started = Enumerable.Range(0, workers).Select(_ => programs.StartWorker(settings)).ToList();
        try
        {
            var time = await programs.CountAsync(ct);
            var id = await programs.SubmitAsync(request with { Name = $"benchmark {Guid.NewGuid()}" }, ct);
            await programs.Records.UntilAsync(id, "EXISTS (SELECT FROM audits WHERE id = @audit AND state = 'done')", ct);
            Console.WriteLine($"{workers} worker(s): {time.Told()}");
            return id;
        }
        finally
        {
            foreach (var worker in started)
            {
                await worker.DisposeAsync();
            }
        }
    }
}
