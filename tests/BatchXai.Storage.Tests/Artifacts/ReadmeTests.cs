using BatchXai.Contracts.Results;
using BatchXai.Storage.Artifacts;
using Xunit;

namespace BatchXai.Storage.Tests.Artifacts;

public sealed class ReadmeTests
{
    private const string Hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static readonly string Readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Artifacts", "README.md"));

    [Fact]
    public void ColumnTables_AreTheSchemas()
    {
        Assert.Equal(ItemColumns.All.Select(column => (column.Name, column.Type, column.Field.IsNullable ? "yes" : "no")), Described("## items.parquet"));
        Assert.Equal(CausalParquet.Columns.Select(column => (column.Name, column.Type, column.Field.IsNullable ? "yes" : "no")), Described("## causal.parquet"));
    }

    [Fact]
    public void Addresses_AreThose()
    {
        var (audit, run) = (Guid.NewGuid(), Guid.NewGuid());
        string[] actual =
        [
            ArtifactAddresses.Plan(audit), ArtifactAddresses.AuditManifest(audit), ArtifactAddresses.Cancelled(audit), ArtifactAddresses.Manifest(audit, 7), ArtifactAddresses.MaskBank(audit, "val"),
            ArtifactAddresses.Donors(audit, "val"), ArtifactAddresses.Items(audit, 7, run), ArtifactAddresses.Causal(audit, 7, run), ArtifactAddresses.Sanity(audit, 7, run), ArtifactAddresses.Evidence(audit, 7, run),
            ArtifactAddresses.Run(audit, 7, run) + ArtifactAddresses.EvidencePicture(12, CausalTest.MixedRand), ArtifactAddresses.Maps(audit, 7, run, "cam"), ArtifactAddresses.Overlay(audit, 7, run, 12, "cam", "label"), ArtifactAddresses.Reports(audit) + "report.html",
            ArtifactAddresses.Model(Hash, "report.html"),
        ];
        var described = Readme.Split('\n').Where(line => line.StartsWith("| `audits/", StringComparison.Ordinal) || line.StartsWith("| `models/", StringComparison.Ordinal)).Select(line => line.Split('`')[1]
            .Replace("{audit}", audit.ToString(), StringComparison.Ordinal).Replace("{run}", run.ToString(), StringComparison.Ordinal).Replace("{shard}", "000007", StringComparison.Ordinal)
            .Replace("{split}", "val", StringComparison.Ordinal).Replace("{method}", "cam", StringComparison.Ordinal).Replace("{item}", "000000012", StringComparison.Ordinal)
            .Replace("{test}", "mixed_rand", StringComparison.Ordinal).Replace("{target}", "label", StringComparison.Ordinal).Replace("{sha256}", Hash, StringComparison.Ordinal).Replace("{name}", "report.html", StringComparison.Ordinal));

        Assert.Equal(actual, described);
    }

    [Fact]
    public void Versions_AreThose()
    {
        Assert.Contains($"## items.parquet (version {ItemsParquet.SchemaVersion})", Readme, StringComparison.Ordinal);
        Assert.Contains(ItemsParquet.VersionKey, Readme, StringComparison.Ordinal);
        Assert.Contains($"## causal.parquet (version {CausalParquet.SchemaVersion})", Readme, StringComparison.Ordinal);
        Assert.Contains(CausalParquet.VersionKey, Readme, StringComparison.Ordinal);
        Assert.Contains("side of the grid: " + MaskBankFile.Grid, Readme, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, string Type, string Null)> Described(string heading) => Readme.Split('\n')
        .SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal)).SkipWhile(line => !line.StartsWith("| column |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Select(cells => (cells[1].Trim('`'), cells[2], cells[3]));
}
