using BatchXai.Contracts.Datasets;
using BatchXai.Contracts.Results;
using BatchXai.Imaging;
using BatchXai.Worker.Decode;
using BatchXai.Worker.Measure;
using Xunit;

namespace BatchXai.Worker.Tests.Measure;

public sealed class GridMasksTests
{
    private static readonly Box Left = new(0, 0, 4, 8), Right = new(4, 0, 8, 8);

    [Fact]
    public void Objects_OfSeveralBoxes_AreEachOnItsOwn()
    {
        var objects = Of(MaskKind.Boxes, Left, Right).Objects(1, 4);

        Assert.Equal([[1, 1, 0, 0], [0, 0, 1, 1]], objects);
    }

    [Fact]
    public void Objects_OfOneBoxOrAMask_AreNotKnown()
    {
        Assert.Empty(Of(MaskKind.Boxes, Left).Objects(1, 4));
        Assert.Empty(Of(MaskKind.Mask, Left, Right).Objects(1, 4)); // the mask wins, and has no objects apart
        Assert.Empty(Of(MaskKind.None).Objects(1, 4));
    }

    private static GridMasks Of(MaskKind kind, params Box[] boxes) => new(new DecodedImage
    {
        Item = new() { Index = 0, Id = "a.png", Path = "a.png", Boxes = boxes },
        Geometry = ImageGeometry.Squash(8, 8, 16, 16),
        MaskKind = kind,
    });
}
