using BatchXai.Clusters.Comparison;
using BatchXai.Clusters.Processes;
using BatchXai.Testing;
using Xunit;

namespace BatchXai.Browser.Tests.Sites;

/// <summary>Two audits by <c>batchxai run</c>, shown by <c>batchxai serve</c> as a person starts it: without a word about folders.</summary>
public sealed class ServedSite : IDisposable
{
    private readonly StartedProgram program;

    private ServedSite(StartedProgram program, Site site) => (this.program, Site) = (program, site);

    public Site Site { get; }

    public static async Task<ServedSite> StartAsync(Models models, CancellationToken ct)
    {
        var biased = await RunAsync(models, "biased", ct);
        var balanced = await RunAsync(models, "balanced", ct);
        var program = new StartedProgram("batchxai", ["serve", "--port", "0"], ("NO_COLOR", "1"));
        var line = await program.Output.ReadLineAsync(ct) ?? throw new InvalidOperationException(await program.Errors.ReadToEndAsync(ct));
        return new(program, new(new(line.Split(' ')[0]), biased, balanced));
    }

    public void Dispose() => program.Dispose();

    private static async Task<Guid> RunAsync(Models models, string name, CancellationToken ct)
    {
        var folder = models.Output(name);
        var (exitCode, _, errors) = await BatchXaiProgram.RunAsync(ct, ["run", .. models.Flags(name), "--out", folder]);
        Assert.True(exitCode == 0, errors);
        return await new OutputFolder(folder).IdAsync(ct);
    }
}
