using System.Diagnostics;
using System.Globalization;

namespace BatchXai.Benchmarks.Distributed;

/// <summary>Who used the processors between two moments: the programs of a run, each with its descendants, and everybody else on this machine.</summary>
internal sealed class ProcessorTime
{
    /// <summary>Name of the program that measures.</summary>
    public const string Own = "this program";

    private const double TicksPerSecond = 100;

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly IReadOnlyList<(string Name, int Process)> programs;
    private readonly double[] before;
    private readonly double busyBefore;

    /// <summary>Begins to count.</summary>
    /// <param name="programs">Names and the processes that all others of them descend from.</param>
    public ProcessorTime(IReadOnlyList<(string Name, int Process)> programs) => (this.programs, before, busyBefore) = (programs, Used(programs), Busy());

    /// <summary>Seconds that programs of one kind used since.</summary>
    /// <param name="kind">How their names begin.</param>
    public double Of(string kind) => programs.Zip(Since()).Where(pair => pair.First.Name.StartsWith(kind, StringComparison.Ordinal)).Sum(pair => pair.Second);

    /// <summary>Seconds that all programs but this one used since.</summary>
    public double OfAll() => Since().Sum() - Of(Own);

    /// <summary>What was used since, in words.</summary>
    public string Told()
    {
        var used = Since();
        var (seconds, busy) = (clock.Elapsed.TotalSeconds, Busy() - busyBefore);
        var told = programs.Select(program => program.Name).Zip(used).Append(("others", Math.Max(0, busy - used.Sum())));
        return string.Create(CultureInfo.InvariantCulture, $"{seconds:F1} s on {Environment.ProcessorCount} processors: ") + string.Join(", ", told.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Item1} {part.Item2:F1}")));
    }

    private List<double> Since() => [.. Used(programs).Zip(before, (now, then) => now - then)];

    private static double[] Used(IReadOnlyList<(string Name, int Process)> programs)
    {
        var processes = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(name => Read(int.Parse(name!, CultureInfo.InvariantCulture))).OfType<(int Id, int Parent, double Seconds)>().ToList();
        var children = processes.ToLookup(process => process.Parent);
        var own = processes.ToDictionary(process => process.Id, process => process.Seconds);
        return [.. programs.Select(program => Sum(program.Process))];

        // Of a child that has ended its parent knows.
        double Sum(int process) => own.GetValueOrDefault(process) + children[process].Sum(child => programs.Any(other => other.Process == child.Id) ? 0 : Sum(child.Id));
    }

    private static (int Id, int Parent, double Seconds)? Read(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (process, int.Parse(fields[1], CultureInfo.InvariantCulture), fields[11..15].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) / TicksPerSecond);
        }
        catch (IOException)
        {
            return null; // It has ended.
        }
    }

    /// <summary>Seconds that all processors have worked since the machine began.</summary>
    private static double Busy()
    {
        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToList();
        return (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6]) / TicksPerSecond;
    }
}
