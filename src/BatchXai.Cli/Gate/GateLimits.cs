using BatchXai.Cli.Commands;

namespace BatchXai.Cli.Gate;

/// <summary>What a gate asks for. A limit that is null is the verdict's own. Also the shape of a file of thresholds.</summary>
internal sealed record GateLimits
{
    /// <summary>Most BG-gap, a share −1 … 1.</summary>
    public double? MaxBgGap { get; init; }

    /// <summary>Most net flips, a share −1 … 1.</summary>
    public double? MaxNetFlips { get; init; }

    /// <summary>Most accuracy without the object above chance, a share −1 … 1.</summary>
    public double? MaxNoObject { get; init; }

    /// <summary>Least focus κ, −1 … 1; null: any.</summary>
    public double? MinFocus { get; init; }

    /// <summary>Distance between the intervals of report and baseline up to which nothing is worse, 0 … 1.</summary>
    public double NoiseBand { get; init; } = 0.02;

    /// <summary>A verdict of WARN fails.</summary>
    public bool WarnFails { get; init; }

    /// <summary>Every field of a file of thresholds.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["maxBgGap", "maxNetFlips", "maxNoObject", "minFocus", "noiseBand", "warnFails"];

    /// <summary>These limits with what was written over them; what is wrong becomes a problem.</summary>
    public GateLimits With(IReadOnlyDictionary<string, FieldValue> fields, List<string> problems)
    {
        var read = new FieldReader(fields, problems);
        return this with
        {
            MaxBgGap = Share(read, "maxBgGap", -1) ?? MaxBgGap,
            MaxNetFlips = Share(read, "maxNetFlips", -1) ?? MaxNetFlips,
            MaxNoObject = Share(read, "maxNoObject", -1) ?? MaxNoObject,
            MinFocus = Share(read, "minFocus", -1) ?? MinFocus,
            NoiseBand = Share(read, "noiseBand", 0) ?? NoiseBand,
            WarnFails = read.YesOrNo("warnFails") ?? WarnFails,
        };
    }

    private static double? Share(FieldReader read, string field, double least)
    {
        var value = read.Number(field);
        if (value is { } number && !(number >= least && number <= 1))
        {
            read.Problems.Add($"{read.Find(field)!.Where}: {number} is out of range. Expected a share from {least} to 1, for instance 0.1 for 10 points.");
        }

        return value;
    }
}
