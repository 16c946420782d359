using BatchXai.Contracts;
using BatchXai.Hosting.Server;
using Microsoft.Extensions.Configuration;

namespace BatchXai.Coordinator.Dispatch;

/// <summary>How shards are handed out and taken back.</summary>
public sealed record DispatchOptions
{
    /// <summary>Shards in flight over all audits; null: twice the slots of the workers that are there, at least 4.</summary>
    public int? Window { get; init; }

    /// <summary>A run that has said nothing for so long is given up.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Shard events recorded at once. SQLite has one writer.</summary>
    public int Recorders { get; init; } = 1;

    /// <summary>Coordinator and workers are one process, so nothing that was in flight before it started still runs.</summary>
    public bool IsEmbedded { get; init; }

    /// <summary>A server's settings: <c>Dispatch:Window</c>, <c>Dispatch:SilenceSeconds</c>, <c>Dispatch:Recorders</c>.</summary>
    /// <exception cref="UserErrorException">A setting is no number in its range.</exception>
    public static DispatchOptions Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        List<string> problems = [];
        var options = new DispatchOptions
        {
            Window = configuration.WholeNumber("Dispatch:Window", 1, 100_000, problems),
            Silence = TimeSpan.FromSeconds(configuration.WholeNumber("Dispatch:SilenceSeconds", 2, 3_600, problems) ?? 30),
            Recorders = configuration.WholeNumber("Dispatch:Recorders", 1, 64, problems) ?? 4,
        };
        return problems.Count > 0 ? throw new UserErrorException(problems) : options;
    }
}
