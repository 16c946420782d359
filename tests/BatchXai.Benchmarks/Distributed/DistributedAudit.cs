using BatchXai.Contracts.Audits;

namespace BatchXai.Benchmarks.Distributed;

/// <summary>One audit of real images over workers that were started for it alone.</summary>
internal static class DistributedAudit
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="programs">Coordinator and services.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="workers">Number of workers.</param>
    /// <param name="settings">Settings of each worker.</param>
    /// <param name="pinned">Each worker has one processor, the first worker the first.</param>
    /// <param name="warmUp">What each worker explains about one of before anything counts; null: nothing.</param>
    /// <param name="edge">Shards at the beginning and at the end that do not count as steady work.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<DistributedRun> RunAsync(Programs programs, AuditRequest request, int workers, Dictionary<string, string> settings, bool pinned, AuditRequest? warmUp, int edge, CancellationToken ct)
    {
        for (var worker = 0; worker < workers; worker++)
        {
            programs.StartWorker(settings, pinned ? worker : null);
        }

        try
        {
            for (int i = 0; warmUp is not null && i < workers; i++)
            {
                await DoneAsync(await SubmitAsync(warmUp));
            }

            var whole = await programs.CountAsync(ct);
            var id = await SubmitAsync(request);
            var (steady, before) = (await EndedAsync(id, edge), await programs.CountAsync(ct));
            var after = await EndedAsync(id, -edge);
            var seconds = before.Of("worker") / (after - steady);
            await EndedAsync(id, 0);
            Console.WriteLine($"{workers} worker(s): {whole.Told()}");
            var used = whole.OfAll();
            await DoneAsync(id);
            return new(id, seconds, used);
        }
        finally
        {
            await programs.EndWorkersAsync();
        }

        Task<Guid> SubmitAsync(AuditRequest asked) => programs.SubmitAsync(asked with { Name = $"benchmark {Guid.NewGuid()}" }, ct);

        Task DoneAsync(Guid id) => programs.Records.UntilAsync(id, "EXISTS (SELECT FROM audits WHERE id = @audit AND state = 'done')", ct);

        // Waits until so many shards have ended, or all but so many; tells how many items they have.
        async Task<double> EndedAsync(Guid id, int shards)
        {
            var enough = shards > 0 ? $"{shards}" : $"(SELECT count(*) FROM shards WHERE audit_id = @audit) - {-shards}";
            await programs.Records.UntilAsync(id, $"EXISTS (SELECT FROM audits WHERE id = @audit AND planned_at IS NOT NULL) AND (SELECT count(*) FROM shards WHERE audit_id = @audit AND state = 'done') >= {enough}", ct);
            return await programs.Records.NumberAsync(id, "SELECT sum(items) FROM shards WHERE audit_id = @audit AND state = 'done'", ct);
        }
    }
}

/// <summary>An audit that was run over workers.</summary>
/// <param name="Id">The audit.</param>
/// <param name="ItemSeconds">Processor seconds of the workers for each item, while they worked steadily.</param>
/// <param name="AllSeconds">Processor seconds of all programs, once the workers are warm, to the last shard's end.</param>
internal sealed record DistributedRun(Guid Id, double ItemSeconds, double AllSeconds);
