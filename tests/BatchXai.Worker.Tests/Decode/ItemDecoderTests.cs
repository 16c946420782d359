using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Datasets;
using BatchXai.Contracts.Models;
using BatchXai.Contracts.Results;
using BatchXai.Imaging;
using BatchXai.Worker.Decode;
using BatchXai.Worker.Fetch;
using Xunit;

namespace BatchXai.Worker.Tests.Decode;

public sealed class ItemDecoderTests
{
    private static readonly byte[] Image = PngWriter.Rgb(new byte[4 * 2 * 3], 4, 2);

    [Fact]
    public void Readable_image_becomes_input_values_of_the_models_size()
    {
        var decoded = Decode(Image, null);
        Assert.Null(decoded.Problem);
        Assert.Equal(3 * 8 * 8, decoded.Input!.Length);
        Assert.All(decoded.Input, value => Assert.Equal(-1, value, 1e-6)); // (0/255 − .5)/.5
        Assert.Equal(MaskKind.None, decoded.MaskKind);
    }

    [Fact]
    public void Refused_image_carries_the_reason_and_its_name()
    {
        var decoded = Decode("GIF89a and more"u8.ToArray(), null);
        Assert.Null(decoded.Input);
        Assert.Contains("a/b.png", decoded.Problem, StringComparison.Ordinal);
        Assert.Contains("GIF", decoded.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Mask_of_another_size_is_a_reason_and_the_image_is_kept()
    {
        var decoded = Decode(Image, PngWriter.Grey(new byte[9], 3, 3));
        Assert.NotNull(decoded.Input);
        Assert.Null(decoded.Mask);
        Assert.Contains("3×3", decoded.MaskProblem, StringComparison.Ordinal);
        Assert.Contains("4×2", decoded.MaskProblem, StringComparison.Ordinal);
    }

    [Fact]
    public void Mask_wins_over_boxes()
    {
        var mask = Decode(Image, PngWriter.Grey([255, 0, 0, 0, 0, 0, 0, 0], 4, 2), new Box(0, 0, 4, 2));
        Assert.Equal((MaskKind.Mask, 1), (mask.MaskKind, mask.Mask!.ObjectPixels));
        var boxes = Decode(Image, null, new Box(0, 0, 2, 2));
        Assert.Equal((MaskKind.Boxes, 4), (boxes.MaskKind, boxes.Mask!.ObjectPixels));
    }

    private static DecodedImage Decode(byte[] image, byte[]? mask, params Box[] boxes)
    {
        var item = new DatasetItem { Index = 0, Id = "a/b.png", Path = "a/b.png", Mask = mask is null ? null : "a/b-mask.png", Boxes = boxes.Length > 0 ? boxes : null };
        return new ItemDecoder(Plan()).Decode(new FetchedImage(item, image, mask, null, null));
    }

    private static AuditPlan Plan() => new()
    {
        AuditId = Guid.Empty,
        Request = new()
        {
            Model = new() { Path = "model.onnx", Preprocess = new() { Mean = [.5], Std = [.5], Fit = FitMode.Squash } },
            Dataset = new() { Path = "data" },
        },
        Model = new()
        {
            Hash = "", Opset = 17, Operators = [], Input = "input", Channels = 3, Height = 8, Width = 8, Scores = "scores",
            ScoreKind = ScoreKind.Softmax, Classes = 2, CandidateLayers = [], LinearHead = false,
        },
        ImageRoot = "data",
        OutputNames = ["0", "1"],
        Items = 1,
        DatasetHash = "",
    };
}
