using System.Diagnostics;

namespace BatchXai.Worker;

/// <summary>Busy seconds by stage, added up over all threads: tells which stage is the bottleneck.</summary>
internal sealed class StageTimes
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, double> seconds = [];

    public IReadOnlyDictionary<string, double> Seconds
    {
        get
        {
            lock (gate)
            {
                return new Dictionary<string, double>(seconds);
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

    private void Add(string stage, long start)
    {
        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        lock (gate)
        {
            seconds[stage] = seconds.GetValueOrDefault(stage) + elapsed;
        }
    }
}
