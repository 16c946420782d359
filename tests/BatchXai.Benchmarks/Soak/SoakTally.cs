using System.Globalization;
using BatchXai.Clusters.Comparison;

namespace BatchXai.Benchmarks.Soak;

/// <summary>What was submitted, what was done to it, and what became of it.</summary>
internal sealed class SoakTally
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, AuditCheck?> audits = [];
    private readonly List<(Disturbance Kind, Guid[] Open, TimeSpan At)> disturbances = [];
    private readonly List<TimeSpan> recoveries = [];
    private TimeSpan? waitingSince;
    private int counted;

    public int Disturbances
    {
        get
        {
            lock (gate)
            {
                return disturbances.Count;
            }
        }
    }

    /// <summary>Audits that have not ended.</summary>
    public IReadOnlyList<Guid> Open
    {
        get
        {
            lock (gate)
            {
                return [.. audits.Where(audit => audit.Value is null).Select(audit => audit.Key)];
            }
        }
    }

    public bool Right
    {
        get
        {
            lock (gate)
            {
                return audits.Values.All(check => check is { Right: true });
            }
        }
    }

    public void Submitted(Guid audit)
    {
        lock (gate)
        {
            audits.Add(audit, null);
        }
    }

    public void Ended(Guid audit, AuditCheck check)
    {
        lock (gate)
        {
            audits[audit] = check;
        }
    }

    public void Disturbed(Disturbance kind, TimeSpan at)
    {
        lock (gate)
        {
            disturbances.Add((kind, [.. audits.Where(audit => audit.Value is null).Select(audit => audit.Key)], at));
            waitingSince ??= at;
        }
    }

    /// <summary>So many shards are counted now. The first one after a disturbance ends the wait for it.</summary>
    public void Counted(int shards, TimeSpan at)
    {
        lock (gate)
        {
            if (shards > counted && waitingSince is { } since)
            {
                recoveries.Add(at - since);
                waitingSince = null;
            }

            counted = shards;
        }
    }

    public void Print()
    {
        lock (gate)
        {
            var ended = audits.Values.OfType<AuditCheck>().ToList();
            Row("submitted", audits.Count);
            Row("done", ended.Count(check => check.Right));
            Row("lost rows", ended.Sum(check => check.Rows.Lost.Count));
            Row("duplicated rows", ended.Sum(check => check.Rows.Duplicated.Count));
            Row("different rows", ended.Sum(check => check.Rows.Different.Count));
            Row("not ended", audits.Count - ended.Count);
            Row("shards counted", counted);
            Row("disturbances", disturbances.Count);
            foreach (var kind in disturbances.GroupBy(disturbance => disturbance.Kind).OrderBy(kind => kind.Key))
            {
                Row($"  {kind.Key}", kind.Count());
            }

            Row("recovered", disturbances.Count(disturbance => disturbance.Open.All(audit => audits[audit] is { Right: true })));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| slowest recovery | {recoveries.DefaultIfEmpty().Max().TotalSeconds:F1} s |"));
            foreach (var (audit, check) in audits.Where(audit => audit.Value is not { Right: true }))
            {
                Console.WriteLine($"audit {audit}: {check?.ToString() ?? "did not end"}");
            }
        }

        static void Row(string what, int count) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {count} |"));
    }
}
