using System.Globalization;

namespace BatchXai.Clusters.Sabotage;

/// <summary>What goes wrong in a program of a test, and where. Travels as text in an environment variable: <c>pace=20;kill=before-result;once=/tmp/x</c>.</summary>
public sealed record SabotagePlan
{
    /// <summary>The variable that carries it.</summary>
    public const string Variable = "BATCHXAI_TEST_SABOTAGE";

    /// <summary>Milliseconds between two items that a run gets to see, so that a shard lasts long enough to be disturbed.</summary>
    public int Pace { get; init; }

    /// <summary>Where the process kills itself: a name out of <see cref="KillPoints"/>.</summary>
    public string? Kill { get; init; }

    /// <summary>A file that says that the kill has happened: it happens once, whichever process comes first.</summary>
    public string? Once { get; init; }

    /// <summary>The kill happens when the point is reached for this time.</summary>
    public int Nth { get; init; } = 1;

    /// <summary>The item (its place in the dataset) at which the process aborts.</summary>
    public long? Abort { get; init; }

    /// <summary>The item at which a run hangs for ever.</summary>
    public long? Hang { get; init; }

    /// <summary>How often the message of a shard is sent.</summary>
    public int Copies { get; init; } = 1;

    public static SabotagePlan Parse(string? text)
    {
        var plan = new SabotagePlan();
        foreach (var part in (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var value = part[(part.IndexOf('=', StringComparison.Ordinal) + 1)..];
            plan = part[..part.IndexOf('=', StringComparison.Ordinal)] switch
            {
                "pace" => plan with { Pace = Number(value) },
                "kill" => plan with { Kill = value },
                "once" => plan with { Once = value },
                "nth" => plan with { Nth = Number(value) },
                "abort" => plan with { Abort = Number(value) },
                "hang" => plan with { Hang = Number(value) },
                "copies" => plan with { Copies = Number(value) },
                var other => throw new ArgumentException($"There is no sabotage '{other}'."),
            };
        }

        return plan;
    }

    public override string ToString()
    {
        List<string> parts = [];
        Add("pace", Pace == 0 ? null : Pace);
        Add("kill", Kill);
        Add("once", Once);
        Add("nth", Nth == 1 ? null : Nth);
        Add("abort", Abort);
        Add("hang", Hang);
        Add("copies", Copies == 1 ? null : Copies);
        return string.Join(';', parts);

        void Add(string name, object? value)
        {
            if (value is not null)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{name}={value}"));
            }
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
