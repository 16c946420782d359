using System.Globalization;
using BatchXai.Contracts;
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
            Window = Number("Dispatch:Window", 1, 100_000),
            Silence = TimeSpan.FromSeconds(Number("Dispatch:SilenceSeconds", 2, 3_600) ?? 30),
            Recorders = Number("Dispatch:Recorders", 1, 64) ?? 4,
        };
        return problems.Count > 0 ? throw new UserErrorException(problems) : options;

        int? Number(string setting, int least, int most)
        {
            var text = configuration[setting];
            if (string.IsNullOrWhiteSpace(text))
            {
                return null;
            }

            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            {
                return number;
            }

            problems.Add($"{setting}: '{text}'. Expected a whole number from {least} to {most}, or nothing for the default.");
            return null;
        }
    }
}
