using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using BatchXai.Testing;

namespace BatchXai.Distributed.Tests.Telemetry;

/// <summary>A row of the table of metrics.</summary>
internal sealed record Metric(string Name, string Kind, string Unit, string Labels)
{
    /// <summary>How Prometheus calls it: dots are underscores; seconds, and "total" for a counter, follow.</summary>
    public string Exported => Name.Replace('.', '_') + (Unit == "s" ? "_seconds" : "") + (Kind == "counter" ? "_total" : "");

    /// <summary>What the table says of it.</summary>
    public string Meaning { get; init; } = "";

    public IEnumerable<string> LabelNames => Labels.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What src/BatchXai.Hosting/README.md promises.</summary>
    public static IReadOnlyList<Metric> Promised()
    {
        var lines = File.ReadLines(Path.Combine(Checkout.Root!, "src/BatchXai.Hosting/README.md")).Where(line => line.StartsWith("| `batchxai.", StringComparison.Ordinal));
        return [.. lines.Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Select(cells => new Metric(cells[1].Trim('`'), cells[2], cells[3], cells[4]) { Meaning = cells[5] })];
    }

    /// <summary>What the programs declare, without labels: those come with each measurement.</summary>
    public static IReadOnlyList<Metric> Declared()
    {
        List<Metric> declared = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name.StartsWith("BatchXai.", StringComparison.Ordinal))
            {
                declared.Add(new(instrument.Name, KindOf(instrument), instrument.Unit ?? "", ""));
            }
        };
        listener.Start();
        foreach (var program in new[] { typeof(Coordinator.CoordinatorHost), typeof(Worker.WorkerHost) })
        {
            foreach (var holder in program.Assembly.GetTypes().Where(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic).Any(field => field.FieldType == typeof(Meter))))
            {
                RuntimeHelpers.RunClassConstructor(holder.TypeHandle);
            }
        }

        return declared;
    }

    private static string KindOf(Instrument instrument) => instrument switch
    {
        Histogram<double> => "histogram",
        ObservableGauge<long> => "gauge",
        Counter<long> => "counter",
        _ => instrument.GetType().Name,
    };
}
