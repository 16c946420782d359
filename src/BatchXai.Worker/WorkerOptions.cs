using BatchXai.Contracts;
using BatchXai.Hosting.Server;
using Microsoft.Extensions.Configuration;

namespace BatchXai.Worker;

/// <summary>Settings of a worker. The defaults are those of a worker inside another program.</summary>
public sealed record WorkerOptions
{
    private const string Section = "Worker";

    /// <summary>Shards explained at once. Two, so that one is decoded while the other is in the model.</summary>
    public int Slots { get; init; } = 2;

    /// <summary>After so many seconds in which no item of a run moves, the process ends itself; null: never.</summary>
    public int? StallSeconds { get; init; }

    /// <summary>Where models run: <c>auto</c>, <c>cpu</c> or <c>cuda:N</c>.</summary>
    public string Device { get; init; } = WorkerDevice.Auto;

    /// <summary>Threads of torch on the CPU; null: one a core.</summary>
    public int? TorchThreads { get; init; }

    /// <summary>Whether TorchScript archives may run here when a request trusts them. They are programs.</summary>
    public bool TrustScripts { get; init; } = true;

    /// <summary>Memory that models may take that no run uses just now, GiB of weights.</summary>
    public double ModelGiB { get; init; } = 4;

    /// <summary>Seconds between SIGTERM and the end. In most of them the running batch is finished; the rest is for what stops after it.</summary>
    public int GraceSeconds { get; init; } = 30;

    /// <summary>The part of the grace in which runs end.</summary>
    internal TimeSpan DrainTime => TimeSpan.FromSeconds(GraceSeconds) * .8;

    /// <summary>Reads the settings of a worker program.</summary>
    /// <exception cref="UserErrorException">Some of them are wrong; all are named.</exception>
    public static WorkerOptions Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var problems = new List<string>();
        var options = new WorkerOptions
        {
            Slots = Number("Slots", 1, 64) ?? 2,
            StallSeconds = (Number("StallSeconds", 0, 86_400) ?? 120) is var seconds and > 0 ? seconds : null,
            Device = configuration[$"{Section}:Device"] is { Length: > 0 } device ? device : WorkerDevice.Auto,
            TorchThreads = Number("TorchThreads", 1, 1_024),
            TrustScripts = Flag("TrustScripts"),
            ModelGiB = Number("ModelGiB", 0, 4_096) ?? 4,
            GraceSeconds = Number("GraceSeconds", 1, 3_600) ?? 60,
        };
        if (!WorkerDevice.IsKnown(options.Device))
        {
            problems.Add($"{Section}:Device is '{options.Device}': expected auto, cpu, or cuda:N for the GPU of number N.");
        }

        return problems.Count == 0 ? options : throw new UserErrorException(problems);

        int? Number(string name, int least, int most) => configuration.WholeNumber($"{Section}:{name}", least, most, problems);

        bool Flag(string name)
        {
            var text = configuration[$"{Section}:{name}"];
            if (!string.IsNullOrEmpty(text) && !bool.TryParse(text, out _))
            {
                problems.Add($"{Section}:{name} is '{text}': expected true or false.");
            }

            return bool.TryParse(text, out var flag) && flag;
        }
    }
}
