using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Datasets;
using BatchXai.Contracts.Results;
using BatchXai.Coordinator.Report;
using BatchXai.Coordinator.Tests.Aggregate;
using BatchXai.Imaging;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using BatchXai.Storage.Locations;
using Xunit;

namespace BatchXai.Coordinator.Tests.Report;

public sealed class EvidenceRendererTests : IDisposable
{
    private static readonly Guid Run = Guid.Parse("99999999-0000-0000-0000-000000000000");
    private readonly string folder = Directory.CreateTempSubdirectory("batchxai-evidence-").FullName;

    [Fact]
    public async Task Render_ListedItem_DrawsItsOwnMapOverItsOwnImage()
    {
        var pictures = await RenderAsync(Listed(1, mapRow: 1));
        var (image, overlay) = Decoded(pictures[1]);

        // Item 1 is a grey image; map row 1 is hot in the lower right corner only.
        Assert.Equal((32, 32), (overlay.Width, overlay.Height));
        Assert.InRange(image.Pixels[0], 126, 130);
        Assert.True(Brightness(overlay, 30, 30) > Brightness(overlay, 2, 2) + 60);
    }

    [Fact]
    public async Task Render_ItemWithAMask_OutlinesIt()
    {
        var (_, plain) = Decoded((await RenderAsync(Listed(0, mapRow: 0)))[0]);
        await WriteMaskAsync();
        var (_, outlined) = Decoded((await RenderAsync(Listed(0, mapRow: 0)))[0]);

        Assert.NotEqual(plain.Pixels, outlined.Pixels);
    }

    [Fact]
    public async Task Render_MissingImageOrMapOrItem_LeavesItOut()
    {
        var pictures = await RenderAsync(Listed(0, mapRow: 0), Listed(1, mapRow: null), Listed(2, mapRow: 0), Listed(3, mapRow: 0), Listed(1, mapRow: 7));

        Assert.Equal([0L], pictures.Keys);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static ItemResult Listed(long item, int? mapRow) => Sample.Map(item, 0.2) with { MapRow = mapRow };

    private static (RgbImage Image, RgbImage Overlay) Decoded(EvidencePictures pictures) =>
        (ImageDecoder.Decode(pictures.Image), ImageDecoder.Decode(pictures.Overlay));

    private static int Brightness(RgbImage image, int x, int y) => image.Pixels.Skip(((y * image.Width) + x) * 3).Take(3).Sum(value => value);

    private async Task<IReadOnlyDictionary<long, EvidencePictures>> RenderAsync(params IReadOnlyList<ItemResult> items)
    {
        var plan = Sample.Plan(3) with { ImageRoot = Path.Combine(folder, "images"), MaskRoot = Path.Combine(folder, "masks") };
        var blobs = new FolderBlobStore(Path.Combine(folder, "blobs"));
        await WriteImagesAsync();
        await WriteArtifactsAsync(plan, blobs);
        return await new EvidenceRenderer(plan, blobs, SourceLocations.Anywhere, new Dictionary<int, Guid> { [0] = Run }).RenderAsync(items, TestContext.Current.CancellationToken);
    }

    // Item 2 has a manifest line, but its image is gone; item 3 is in no manifest.
    private async Task WriteImagesAsync()
    {
        Directory.CreateDirectory(Path.Combine(folder, "images"));
        Directory.CreateDirectory(Path.Combine(folder, "masks"));
        var grey = PngWriter.Rgb(Enumerable.Repeat((byte)128, 40 * 40 * 3).ToArray(), 40, 40);
        foreach (var item in new[] { 0, 1 })
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "images", $"{item}.png"), grey, TestContext.Current.CancellationToken);
        }
    }

    private async Task WriteMaskAsync()
    {
        var mask = new byte[40 * 40];
        for (var i = 0; i < mask.Length; i++)
        {
            mask[i] = i % 40 is >= 10 and < 30 && i / 40 is >= 10 and < 30 ? (byte)255 : (byte)0;
        }

        await File.WriteAllBytesAsync(Path.Combine(folder, "masks", "0.png"), PngWriter.Grey(mask, 40, 40), TestContext.Current.CancellationToken);
    }

    private static async Task WriteArtifactsAsync(AuditPlan plan, FolderBlobStore blobs)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var lines = new MemoryStream();
        await ManifestLines.WriteAsync(
            lines, Enumerable.Range(0, 3).Select(i => new DatasetItem { Index = i, Id = $"{i}.png", Path = $"{i}.png", Mask = $"{i}.png" }), cancellation);
        await blobs.WriteAsync(ArtifactAddresses.Manifest(plan.AuditId, 0), lines.ToArray(), cancellation);

        float[] upperLeft = [1, -1, -1, -1], lowerRight = [-1, -1, -1, 1];
        using var maps = new MemoryStream();
        var writer = new NpyWriter(maps, NpyType.Float16, 2, 2);
        await writer.AppendAsync(upperLeft, cancellation);
        await writer.AppendAsync(lowerRight, cancellation);
        await writer.CompleteAsync(cancellation);
        await blobs.WriteAsync(ArtifactAddresses.Maps(plan.AuditId, 0, Run, MethodNames.GradCam), maps.ToArray(), cancellation);
    }
}
