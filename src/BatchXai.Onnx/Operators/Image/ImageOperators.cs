namespace BatchXai.Onnx.Operators;

/// <summary>Resizing, sampling and rearranging of images.</summary>
internal static class ImageOperators
{
    public static IEnumerable<OperatorVariant> All =>
    [
        new("Upsample", 7, Resize.UpsampleAttribute),
        new("Upsample", 9, Resize.Upsample) { Until = 9 },
        new("Resize", 10, Resize.FirstVersion),
        new("Resize", 11, Resize.Bind),
        new("GridSample", 16, GridSample.Bind) { Limits = "cubic in three spatial axes" },
        new("AffineGrid", 20, GridSample.AffineGrid),
        new("DepthToSpace", 1, DepthAndSpace.ToSpace),
        new("SpaceToDepth", 1, DepthAndSpace.ToDepth),
        new("CenterCropPad", 18, CenterCropPad.Bind),
        new("Col2Im", 18, ColumnsToImage.Bind),
        new("RoiAlign", 10, RegionAlign.OuterEdges),
        new("RoiAlign", 16, RegionAlign.Bind),
    ];
}
