using BatchXai.Cli.Planted;
using BatchXai.Clusters.Processes;
using BatchXai.Clusters.Workspaces;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Results;
using BatchXai.Imaging;
using BatchXai.Storage.Artifacts;
using Xunit;

namespace BatchXai.EndToEnd.Tests;

/// <summary>What each setting changes in the files that an audit leaves.</summary>
public sealed class SettingsTests
{
    private const int Images = 24;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_targets_add_the_label_for_misclassified_items_only()
    {
        using var workspace = new PlantedWorkspace(Images);
        var rows = await RowsAsync(workspace, "out", "--targets", "both");
        var classes = Directory.GetDirectories(workspace.Images).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal).ToList();
        var items = rows.GroupBy(row => row.Item).ToList();
        Assert.Equal(Images, items.Count);
        Assert.Contains(items, item => item.First().Correct == true);
        Assert.Contains(items, item => item.First().Correct == false);
        Assert.All(items, item =>
        {
            string[] targets = item.First().Correct == true ? ["predicted"] : ["predicted", "label"];
            Assert.Equal(MethodNames.All.SelectMany(method => targets.Select(target => (method, target))).Order(), item.Select(row => (row.Method!, row.Target!)).Order());
            Assert.All(item, row => Assert.Equal(row.Target == "label" ? classes.IndexOf(row.Label!) : row.Predicted, row.TargetOutput));
        });
    }

    [Fact]
    public async Task Loss_explains_the_label_and_leaves_cam_as_it_is()
    {
        using var workspace = new PlantedWorkspace(Images);
        var loss = await RowsAsync(workspace, "loss", "--objective", "loss");
        var score = await RowsAsync(workspace, "score", "--targets", "label");
        Assert.Equal(3 * Images, loss.Count);
        Assert.All(loss, row => Assert.Equal("label", row.Target));
        Assert.Equal(score.Select(row => (row.Item, row.Method, row.TargetOutput)), loss.Select(row => (row.Item, row.Method, row.TargetOutput)));

        // CAM has no loss form; Grad-CAM's is divided by its maximum; the gradient of the loss differs from that of the score.
        Assert.All(Pairs("cam"), pair => Assert.Equal(pair.Score.Maximum!.Value, pair.Loss.Maximum!.Value, 1e-5));
        Assert.All(Pairs("gradcam").Where(pair => pair.Loss.Status == HeatmapStatus.Ok), pair => Assert.Equal(1, pair.Loss.Maximum!.Value, 1e-5));
        Assert.Contains(Pairs("gradcam"), pair => pair.Loss.Status == HeatmapStatus.Ok);
        Assert.All(Pairs("saliency"), pair => Assert.NotEqual(pair.Score.Maximum!.Value, pair.Loss.Maximum!.Value, 1e-9));

        List<(ItemResult Score, ItemResult Loss)> Pairs(string method) => [.. score.Zip(loss).Where(pair => pair.First.Method == method)];
    }

    [Fact]
    public async Task Full_maps_have_their_own_grid_and_pooled_ones_are_their_means()
    {
        using var workspace = new PlantedWorkspace(Images);
        WriteModel(workspace, size: 112);
        var fullRows = await RowsAsync(workspace, "full", "--maps", "full");
        var pooledRows = await RowsAsync(workspace, "pooled");
        Assert.Equal(pooledRows, fullRows); // Measures are taken before pooling.

        var (full, pooled) = (await MapsAsync(workspace.Output("full"), "saliency"), await MapsAsync(workspace.Output("pooled"), "saliency"));
        Assert.Equal((Images, 112, 112), full.Shape);
        Assert.Equal((Images, 56, 56), pooled.Shape);
        Assert.Equal((Images, 28, 28), (await MapsAsync(workspace.Output("full"), "cam")).Shape);
        Assert.Equal((Images, 28, 28), (await MapsAsync(workspace.Output("pooled"), "gradcam")).Shape);
        for (var image = 0; image < Images; image++)
        {
            var (map, means) = (full.Maps[image], pooled.Maps[image]);
            var scale = map.Max();
            Assert.True(scale > 0);
            Assert.All(Enumerable.Range(0, 56 * 56), cell =>
            {
                var at = (2 * (cell / 56) * 112) + (2 * (cell % 56));
                Assert.Equal((map[at] + map[at + 1] + map[at + 112] + map[at + 113]) / 4, means[cell], 2e-3 * scale);
            });
        }
    }

    [Fact]
    public async Task All_overlays_are_one_picture_a_heatmap()
    {
        using var workspace = new PlantedWorkspace(Images);
        var rows = await RowsAsync(workspace, "out", "--overlays", "all", "--targets", "both");
        var folder = Path.Combine(Assert.Single(await AuditFolder.WinnersAsync(workspace.Output("out"), Ct)), "overlays");
        Assert.Equal(rows.Select(row => $"{row.Item:D9}-{row.Method}-{row.Target}.png").Order(), Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Order());
        Assert.All(Directory.GetFiles(folder), file =>
        {
            var picture = ImageDecoder.Decode(File.ReadAllBytes(file));
            Assert.Equal((24, 24), (picture.Width, picture.Height));
        });
    }

    [Theory]
    [InlineData("none")]
    [InlineData("flagged")]
    public async Task Other_overlays_leave_the_pictures_of_the_report_alone(string overlays)
    {
        using var workspace = new PlantedWorkspace(Images);
        await RowsAsync(workspace, "out", "--overlays", overlays);
        Assert.Empty(Directory.GetDirectories(workspace.Output("out"), "overlays", SearchOption.AllDirectories));
        var report = await AuditFolder.ReportAsync(workspace.Output("out"), Ct);
        Assert.NotEmpty(report.Listed);
        Assert.All(report.Listed, item => Assert.Equal(overlays == "flagged", item.Picture is not null && File.Exists(Path.Combine(workspace.Output("out"), item.Picture))));
    }

    [Fact]
    public async Task Other_columns_of_a_manifest_are_in_every_row_of_their_items()
    {
        using var workspace = new PlantedWorkspace(Images);
        WriteModel(workspace, size: 112);
        await File.WriteAllTextAsync(Path.Combine(workspace.Images, "text.png"), "this is no image", Ct);
        var images = Directory.GetFiles(workspace.Images, "*.png", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(workspace.Images, file)).Order(StringComparer.Ordinal).ToList();
        var manifest = Path.Combine(workspace.Images, "manifest.csv");
        await File.WriteAllLinesAsync(manifest, ["weather,path,Camera", .. images.Select((path, i) => $"\"rain, \"\"{i}\"\"\",{path},{(i % 2 == 0 ? "" : "north")}")], Ct);

        var (exitCode, _, errors) = await BatchXaiProgram.RunAsync(Ct, workspace.Run("out").With("--data", manifest));

        Assert.True(exitCode == 0, errors);
        var rows = await AuditFolder.RowsAsync(workspace.Output("out"), Ct);
        Assert.Equal(images.Count, rows.DistinctBy(row => row.Item).Count());
        Assert.Contains(rows, row => row.Outcome == ItemOutcome.Unreadable);
        Assert.All(rows, row =>
        {
            var i = images.IndexOf(row.ItemId);
            KeyValuePair<string, string> weather = new("weather", $"rain, \"{i}\"");
            Assert.Equal(i % 2 == 0 ? [weather] : [new("Camera", "north"), weather], MetadataText.Read(row.Metadata));
        });
    }

    private static async Task<List<ItemResult>> RowsAsync(PlantedWorkspace workspace, string output, params string[] settings)
    {
        var (exitCode, _, errors) = await BatchXaiProgram.RunAsync(Ct, workspace.Run(output, [.. settings, "--causal", "off"]));
        Assert.True(exitCode == 0, errors);
        return await AuditFolder.RowsAsync(workspace.Output(output), Ct);
    }

    private static async Task<((int Count, int Height, int Width) Shape, List<float[]> Maps)> MapsAsync(string output, string method)
    {
        var run = Assert.Single(await AuditFolder.WinnersAsync(output, Ct));
        await using var reader = await NpyReader.OpenAsync(File.OpenRead(Path.Combine(run, ArtifactAddresses.MapsName(method))), Ct);
        var maps = new List<float[]>();
        for (var row = 0; row < reader.Count; row++)
        {
            maps.Add(await reader.ReadRowAsync(row, Ct));
        }

        return (((int)reader.Count, reader.Height, reader.Width), maps);
    }

    private static void WriteModel(PlantedWorkspace workspace, int size)
    {
        TorchSharp.torch.random.manual_seed(11);
        using var network = new TinyCnn([8, 16, 24], PlantedShortcutGenerator.Classes);
        File.WriteAllBytes(workspace.Model, TinyCnnExport.ToOnnx(network, size));
    }
}
