using System.Diagnostics;
using BatchXai.Storage.Blobs;

namespace BatchXai.Benchmarks.Distributed;

/// <summary>Opens pages of one audit with a million items, over HTTP from a coordinator of its own: one visitor who changes filters, then many at once.</summary>
internal static class PagesRun
{
    private const int Window = 2_000;
    private const int Rounds = 5;
    private const int Visitors = 20;
    private const int Views = 1_000;
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    /// <summary>What follows the address of the items page.</summary>
    private static readonly string[] Filters =
    [
        "?class=37", "?class=35&correct=false&split=val", "?split=val&sort=confidence&desc=true", "?correct=false&sort=confidence&desc=true", "?predicted=12&sort=background_share&desc=true",
        "?focus_from=0.5&focus_to=0.501", "?background_from=0.79", "?correct=false&focus_to=0&background_from=0.75&split=train", "?outcome=unreadable", "?class=nobody",
    ];

    /// <param name="items">Items of the audit.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<int> RunAsync(int items, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("batchxai-pages-").FullName;
        var audit = new RecordedAudit(folder, items);
        await audit.WriteManifestAsync(ct);
        await audit.WriteResultsAsync(ct);
        var blobs = Path.Combine(folder, "artifacts");
        await using var programs = await Programs.StartAsync(folder, blobs, Math.Min(Window, audit.Shards), ct);
        try
        {
            await using var inspector = await RecordedWorker.InspectAsync(programs.Broker, ct);
            await using var worker = await RecordedWorker.ExplainAsync(programs.Broker, audit, new FolderBlobStore(blobs), ct);
            var id = await programs.SubmitAsync(audit.Request, ct);
            await programs.Records.UntilAsync(id, "EXISTS (SELECT FROM audits WHERE id = @audit AND state = 'done')", ct);
            Console.WriteLine($"{items:N0} items are there; load {Load}");
            var bars = await MeasureAsync(programs, id, items, ct);
            Console.WriteLine($"load in the end {Load}");
            return Bar.Print(bars);
        }
        catch (Exception wrong) when (wrong is not OperationCanceledException)
        {
            Console.Error.WriteLine(programs.Logs);
            throw;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Load => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    private static async Task<IReadOnlyList<Bar>> MeasureAsync(Programs programs, Guid id, int items, CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = programs.Address };
        var (audit, list) = ($"/audits/{id}", $"/audits/{id}/items");
        var first = await OpenAsync(http, list, ct);
        var (plain, changed, report) = (new List<double>(), new List<double>(), new List<double>());
        for (int round = 0; round < Rounds; round++)
        {
            plain.Add(await OpenAsync(http, list, ct));
            foreach (var filter in Filters)
            {
                changed.Add(await OpenAsync(http, list + filter, ct));
            }

            report.Add(await OpenAsync(http, audit, ct));
        }

        var before = programs.CoordinatorMemory;
        var (views, during) = await CrowdAsync(http, [audit, list, .. Filters.Select(filter => list + filter), .. Enumerable.Range(0, 8).Select(part => $"{list}/{(long)items * part / 8}")], programs, ct);
        await Task.Delay(Settled, ct);
        return
        [
            new("items page, the first time of all", first, "ms"),
            new("items page, median", Share(plain, .5), "ms"),
            new("the same, p95", Share(plain, .95), "ms", AtMost: 500),
            new("filter changed, median", Share(changed, .5), "ms"),
            new("the same, p95", Share(changed, .95), "ms", AtMost: 500),
            new("audit page, median", Share(report, .5), "ms"),
            new("the same, p95", Share(report, .95), "ms", AtMost: 1_000),
            new($"a page with {Visitors} visitors at once, median", Share(views, .5), "ms"),
            new("the same, p95", Share(views, .95), "ms"),
            new($"coordinator's memory before {Views:N0} views", before, "MiB"),
            new("after a quarter, half, three quarters of them", during[0], "MiB"),
            new("", during[1], "MiB"),
            new("", during[2], "MiB"),
            new("in the end", during[3], "MiB", AtMost: during[0] * 1.25),
            new($"{Settled.TotalSeconds:0} seconds later", programs.CoordinatorMemory, "MiB"),
        ];
    }

    /// <summary>Visitors who each open one page after the other; times of all, and memory after each quarter of the views.</summary>
    private static async Task<(List<double> Times, double[] Memory)> CrowdAsync(HttpClient http, IReadOnlyList<string> pages, Programs programs, CancellationToken ct)
    {
        var (times, memory, gate) = (new List<double>(), new double[4], new Lock());
        await Parallel.ForEachAsync(Enumerable.Range(0, Views), new ParallelOptions { MaxDegreeOfParallelism = Visitors, CancellationToken = ct }, async (view, stop) =>
        {
            var time = await OpenAsync(http, pages[view % pages.Count], stop);
            lock (gate)
            {
                times.Add(time);
                if (times.Count % (Views / 4) == 0)
                {
                    memory[(times.Count * 4 / Views) - 1] = programs.CoordinatorMemory;
                }
            }
        });
        return (times, memory);
    }

    /// <summary>Milliseconds from the request to the last byte of the page, which must be there.</summary>
    private static async Task<double> OpenAsync(HttpClient http, string address, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        using var answer = await http.GetAsync(new Uri(address, UriKind.Relative), ct);
        var page = await answer.Content.ReadAsStringAsync(ct);
        return answer.IsSuccessStatusCode ? clock.Elapsed.TotalMilliseconds : throw new InvalidOperationException($"{address}: {answer.StatusCode}: {page}");
    }

    private static double Share(List<double> values, double share) => values.Order().ElementAt((int)Math.Min(values.Count - 1, Math.Ceiling(share * values.Count)));
}
