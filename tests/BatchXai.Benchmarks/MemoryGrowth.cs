using BatchXai.Cli.Embedded;
using BatchXai.Clusters.Workspaces;
using BatchXai.Contracts.Audits;

namespace BatchXai.Benchmarks;

/// <summary>
/// Resident memory over a long audit: the dataset of the flags, repeated to 10,000 items by a manifest. Prints resident memory as the audit
/// passes each thousand; flat means that what is kept does not grow with the number of items.
/// </summary>
internal static class MemoryGrowth
{
    private const int Items = 10_000;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        var request = WrittenRequest.Parse(arguments);
        var folder = Directory.CreateTempSubdirectory("batchxai-memory-").FullName;
        try
        {
            request = await RepeatedImages.RepeatAsync(request, folder, Items, ct);
            var samples = new Samples();
            var ended = await EmbeddedAudit.RunAsync(request, Path.Combine(folder, "out"), fresh: false, samples, ct);
            Console.WriteLine($"ended: {ended.State}; at the end {Samples.Resident()} MiB; at the end / at 2,000 items: {(double)Samples.Resident() / samples.AtTwoThousand:F3}");
            return ended.State == AuditState.Done ? 0 : 3;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed class Samples : IProgress<AuditProgress>
    {
        private long next = 1_000;

        public long AtTwoThousand { get; private set; }

        public static long Resident()
        {
            var line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) / 1024;
        }

        public void Report(AuditProgress value)
        {
            if (value.Done < next)
            {
                return;
            }

            var resident = Resident();
            Console.WriteLine($"{value.Done,7} items {resident,6} MiB");
            AtTwoThousand = AtTwoThousand == 0 && value.Done >= 2_000 ? resident : AtTwoThousand;
            next = value.Done - (value.Done % 1_000) + 1_000;
        }
    }
}
