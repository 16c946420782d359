using System.Diagnostics;
using BatchXai.Hosting.Telemetry;

namespace BatchXai.Worker;

/// <summary>Busy seconds by stage, added up over all threads: tells which stage is the bottleneck.</summary>
internal sealed class StageTimes
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, Span> stages = [];

    public IReadOnlyDictionary<string, double> Seconds
    {
        get
        {
            lock (gate)
            {
                return stages.ToDictionary(stage => stage.Key, stage => stage.Value.Busy);
            }
        }
    }

    public T Time<T>(string stage, Func<T> work)
    {
        var start = Stopwatch.GetTimestamp();
        var result = work();
        Add(stage, start);
        return result;
    }

    public async Task<T> TimeAsync<T>(string stage, Func<Task<T>> work)
    {
        var start = Stopwatch.GetTimestamp();
        var result = await work();
        Add(stage, start);
        return result;
    }

    /// <summary>Tells metrics and trace of every stage, when the run has ended: each is one span from its first item to its last.</summary>
    public void Export(TimeProvider clock)
    {
        lock (gate)
        {
            var now = clock.GetUtcNow();
            foreach (var (stage, span) in stages)
            {
                WorkerMetrics.Stage(stage, span.Busy);
                AuditTrace.AddPart(stage, now - Stopwatch.GetElapsedTime(span.First), now - Stopwatch.GetElapsedTime(span.Last), span.Busy);
            }
        }
    }

    private void Add(string stage, long start)
    {
        var end = Stopwatch.GetTimestamp();
        var busy = Stopwatch.GetElapsedTime(start, end).TotalSeconds;
        lock (gate)
        {
            var span = stages.GetValueOrDefault(stage, new(start, end, 0));
            stages[stage] = new(Math.Min(span.First, start), end, span.Busy + busy);
        }
    }

    private readonly record struct Span(long First, long Last, double Busy);
}
