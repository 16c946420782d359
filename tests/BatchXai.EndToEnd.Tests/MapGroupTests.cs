using BatchXai.Clusters.Processes;
using BatchXai.Contracts.Reports;
using BatchXai.Imaging;
using BatchXai.Onnx;
using BatchXai.Statistics;
using Xunit;

namespace BatchXai.EndToEnd.Tests;

/// <summary>A model that knows boats by their green, and by a red tag that half of the images of boats carry in a corner: it needs no training, and why it answers is known.</summary>
public sealed class MapGroupTests : IDisposable
{
    private const int Size = 24;
    private const int PerClass = 64;
    private const int Object = 8;
    private const int Tag = 4;

    private readonly string root = Directory.CreateTempSubdirectory("batchxai-e2e-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Class_with_a_tag_on_half_of_its_images_falls_in_two_and_the_tagged_half_stands_out()
    {
        var (report, output, page) = await AuditAsync(tagged: true);

        Assert.Equal((2, 1), (report.Clusters!.Looked, report.Clusters.OneGroup)); // Cars are alike.
        var boats = Assert.Single(report.Clusters.Classes);
        Assert.Equal(("boat", PerClass, 2), (boats.Class, boats.Maps, boats.Clusters.Count));
        Assert.InRange(boats.Stability, .9, 1 + 1e-12);

        var (tags, greens) = (Assert.Single(boats.Clusters, cluster => cluster.StandsOut), Assert.Single(boats.Clusters, cluster => !cluster.StandsOut));
        Assert.Equal((PerClass / 2, PerClass / 2), (tags.Maps, greens.Maps));
        Assert.True(IsTagged(tags.Medoid.ItemId), tags.Medoid.ItemId);
        Assert.False(IsTagged(greens.Medoid.ItemId), greens.Medoid.ItemId);
        Assert.Equal(tags.Shares.Max(), tags.Shares[0]);
        Assert.True(tags.Focus[0].Focus.High < .05 && greens.Focus[0].Focus.Low > .5, $"{tags.Focus[0].Focus} {greens.Focus[0].Focus}");
        Assert.Equal((1.0, 1.0), (tags.Accuracy.Value, greens.Accuracy.Value)); // Accuracy does not tell.
        Assert.All(tags.Causal, figures => Assert.True(figures.NetFlipRate is { N: PerClass / 2, Low: > .8 } && figures.BackgroundGap.Value > .2, $"{figures}"));
        Assert.All(greens.Causal, figures => Assert.Equal((0.0, 0.0), (figures.NetFlipRate.Value, figures.BackgroundGap.Value)));

        var scatter = await AuditFolder.ScatterAsync(Path.Combine(root, "audit"), Ct);
        Assert.Equal(["boat", "car"], scatter.Classes.Select(row => row.Class)); // Cars are laid out too.
        Assert.Equal(boats.Clusters.Select(cluster => cluster.Maps), Enumerable.Range(0, 2).Select(group => scatter.Classes[0].ItemsOf(group).Count));
        Assert.Contains(tags.Medoid.Item, scatter.Classes[0].ItemsOf(boats.Clusters.ToList().IndexOf(tags)));

        Assert.NotNull(tags.Picture);
        Assert.True(File.Exists(Path.Combine(root, "audit", tags.Picture)));
        Assert.All([output, page], text => Assert.Contains("Class boat: 32 of 64 heatmaps (50%) form a group whose focus ", text, StringComparison.Ordinal));
        Assert.Contains($"Item {tags.Medoid.Item} as the model saw it", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_tag_no_group_stands_out()
    {
        var (report, output, page) = await AuditAsync(tagged: false);

        Assert.Equal(2, report.Clusters!.Looked);
        Assert.DoesNotContain(report.Clusters.Classes.SelectMany(row => row.Clusters), cluster => cluster.StandsOut);
        Assert.All([output, page], text => Assert.DoesNotContain("form a group", text, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private static bool IsTagged(string itemId) => int.Parse(Path.GetFileNameWithoutExtension(itemId), null) % 2 == 0;

    private async Task<(OverfittingReport Report, string Output, string Page)> AuditAsync(bool tagged)
    {
        var (model, labels, audit) = (Path.Combine(root, "model.onnx"), Path.Combine(root, "labels.txt"), Path.Combine(root, "audit"));
        await File.WriteAllLinesAsync(labels, ["boat", "car"], Ct);
        await File.WriteAllBytesAsync(model, Model(), Ct);
        foreach (var (name, number) in from name in new[] { "boat", "car" } from number in Enumerable.Range(0, PerClass) select (name, number))
        {
            await WriteAsync(name, number, tagged && name == "boat" && number % 2 == 0);
        }

        var (exitCode, output, errors) = await BatchXaiProgram.RunAsync(
            Ct, "run", "--model", model, "--labels", labels, "--data", Path.Combine(root, "images"), "--masks", Path.Combine(root, "masks"), "--mean", "0", "--std", "1", "--fit", "squash",
            "--methods", "gradcam", "--out", audit);
        Assert.True(exitCode == 0, errors);
        return (await AuditFolder.ReportAsync(audit, Ct), output, await File.ReadAllTextAsync(Path.Combine(audit, "report.html"), Ct));
    }

    /// <summary>How much of green, blue and red there is; green and red speak for boats, blue for cars, and so does nothing at all.</summary>
    private static byte[] Model() => new OnnxModelBuilder(opset: 17, name: "known")
        .Input("input", [null, 3, Size, Size])
        .Initializer("colours", [3, 3, 1, 1], [-1f, 1, -1, -1, -1, 1, 1, -1, -1])
        .Node("Conv", ["input", "colours"], "found", ("kernel_shape", new long[] { 1, 1 }))
        .Node("AveragePool", ["found"], "pooled", ("kernel_shape", new long[] { 4, 4 }), ("strides", new long[] { 4, 4 }))
        .Node("Relu", ["pooled"], "layer")
        .Node("GlobalAveragePool", ["layer"], "gap").Node("Flatten", ["gap"], "features")
        .Initializer("weights", [2, 3], [40f, 0, 200, 0, 40, 0])
        .Initializer("bias", [2], [0f, .5f])
        .Node("Gemm", ["features", "weights", "bias"], "logits", ("transB", 1L))
        .Output("logits", [null, 2]).ToBytes();

    /// <summary>An object on grey noise: a boat is green, a car blue; a boat with a tag is white, so that only the tag tells.</summary>
    private async Task WriteAsync(string name, int number, bool tag)
    {
        var random = SplitMix64.For(number, name);
        var pixels = new byte[3 * Size * Size];
        for (var i = 0; i < pixels.Length; i += 3)
        {
            pixels.AsSpan(i, 3).Fill((byte)(60 + random.NextBelow(80)));
        }

        var mask = new byte[Size * Size];
        var (top, left) = (random.NextBelow(Size - Object + 1), random.NextBelow(Size - Object + 1));
        Paint(top, left, Object, tag ? [220, 220, 220] : name == "boat" ? [0, 220, 0] : [0, 0, 220], mask);
        if (tag)
        {
            Paint(0, 0, Tag, [220, 0, 0], null);
        }

        await SaveAsync("images", PngWriter.Rgb(pixels, Size, Size));
        await SaveAsync("masks", PngWriter.Grey(mask, Size, Size));

        void Paint(int y, int x, int side, byte[] colour, byte[]? marked)
        {
            for (var i = 0; i < side * side; i++)
            {
                var place = ((y + (i / side)) * Size) + x + (i % side);
                colour.CopyTo(pixels, 3 * place);
                if (marked is not null)
                {
                    marked[place] = 255;
                }
            }
        }

        Task SaveAsync(string kind, byte[] png)
        {
            var folder = Directory.CreateDirectory(Path.Combine(root, kind, name)).FullName;
            return File.WriteAllBytesAsync(Path.Combine(folder, $"{number:D3}.png"), png, Ct);
        }
    }
}
