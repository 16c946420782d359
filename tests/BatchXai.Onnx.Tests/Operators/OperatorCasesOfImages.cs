using static BatchXai.Onnx.Tests.Operators.OperatorCase;

namespace BatchXai.Onnx.Tests.Operators;

/// <summary>Resizing, sampling and rearranging of images.</summary>
internal static class OperatorCasesOfImages
{
    private const string FractionalLength = "it aligns corners of the rounded size; the official tests align those of the fractional one";

    public static IEnumerable<OperatorCase> All => [.. Upsamples, .. Resizes, .. Samples, .. Rearrangements];

    private static IEnumerable<OperatorCase> Upsamples =>
    [
        new("Upsample nearest in 7", 7, [1, 2, 3, 4], "Upsample", [], [("mode", "nearest"), ("scales", new[] { 1f, 1, 2.5f, 2 })]),
        new("Upsample linear in 7", 7, [1, 2, 3, 4], "Upsample", [], [("mode", "linear"), ("scales", new[] { 1f, 1, 2.5f, 2 })]),
        new("Upsample nearest in 9", 9, [1, 2, 3, 4], "Upsample", [], [("mode", "nearest")]) { Constants = [Floats(1, 1, 2, 3)] },
        new("Upsample linear in 9", 9, [1, 2, 3, 4], "Upsample", [], [("mode", "linear")]) { Constants = [Floats(1, 1, 2, 3)] },
        new("Resize nearest in 10", 10, [1, 2, 5, 6], "Resize", [], []) { Constants = [Floats(1, 1, 0.6f, 1.5f)] },
        new("Resize linear in 10", 10, [1, 2, 5, 6], "Resize", [], [("mode", "linear")]) { Constants = [Floats(1, 1, 0.6f, 1.5f)] },
    ];

    private static IEnumerable<OperatorCase> Resizes =>
    [
        .. from mode in new[] { "half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric", "half_pixel_symmetric" }
           from kernel in new[] { "nearest", "linear", "cubic" }
           from sizes in new[] { true, false }
           select new OperatorCase($"Resize {kernel} {mode} by {(sizes ? "sizes" : "scales")}", 19, [1, 2, 5, 4], "Resize", [], [("mode", kernel), ("coordinate_transformation_mode", mode)])
           {
               Constants = sizes ? [null, null, Integer([4], 1, 2, 3, 9)] : [null, Floats(1, 1, 0.6f, 2.3f)],
               NotInOnnxRuntime = !sizes && mode == "align_corners" && kernel != "nearest" ? FractionalLength : null,
           },
        .. new[] { "round_prefer_floor", "round_prefer_ceil", "floor", "ceil" }
            .Select(nearest => new OperatorCase($"Resize {nearest}", 13, [1, 1, 4, 6], "Resize", [], [("mode", "nearest"), ("nearest_mode", nearest), ("coordinate_transformation_mode", "asymmetric")]) { Constants = [null, Floats(1, 1, 2, 0.5f)] }),
        new("Resize tf_half_pixel_for_nn", 11, [1, 1, 4, 6], "Resize", [], [("mode", "nearest"), ("coordinate_transformation_mode", "tf_half_pixel_for_nn")]) { Constants = [Floats(), Floats(1, 1, 2, 0.5f)] },
        new("Resize empty scales", 11, [1, 1, 4, 6], "Resize", [], [("mode", "linear")]) { Constants = [Floats(), Floats(), Integer([4], 1, 1, 7, 5)] },
        new("Resize linear antialias", 18, [1, 1, 7, 6], "Resize", [], [("mode", "linear"), ("antialias", 1)]) { Constants = [null, null, Integer([4], 1, 1, 3, 4)] },
        new("Resize cubic antialias", 18, [1, 1, 7, 6], "Resize", [], [("mode", "cubic"), ("antialias", 1), ("cubic_coeff_a", -0.5f), ("exclude_outside", 1)]) { Constants = [null, null, Integer([4], 1, 1, 3, 4)] },
        new("Resize cubic exclude_outside", 13, [1, 1, 4, 5], "Resize", [], [("mode", "cubic"), ("cubic_coeff_a", -0.5f), ("exclude_outside", 1)]) { Constants = [null, Floats(1, 1, 1.5f, 2)] },
        new("Resize crop", 13, [1, 1, 5, 6], "Resize", [], [("mode", "linear"), ("coordinate_transformation_mode", "tf_crop_and_resize"), ("extrapolation_value", 3f)]) { Constants = [Floats(0, 0, 0.3f, -0.2f, 1, 1, 0.9f, 0.8f), null, Integer([4], 1, 1, 3, 7)] },
        new("Resize axes", 18, [2, 5, 4, 1], "Resize", [], [("mode", "linear"), ("axes", new[] { 2, 1 })]) { Constants = [null, Floats(1.5f, 0.8f)] },
        new("Resize 3-D", 13, [1, 1, 2, 3, 4], "Resize", [], [("mode", "linear")]) { Constants = [null, Floats(1, 1, 2, 1.5f, 0.5f)] },
        new("Resize 1-D", 13, [1, 2, 5], "Resize", [], [("mode", "linear")]) { Constants = [null, Floats(1, 1, 1.7f)] },
        new("Resize not larger", 18, [1, 1, 4, 6], "Resize", [], [("mode", "linear"), ("keep_aspect_ratio_policy", "not_larger"), ("axes", new[] { 2, 3 })]) { Constants = [null, null, Integer([2], 7, 8)] },
        new("Resize not smaller", 18, [1, 1, 4, 6], "Resize", [], [("mode", "linear"), ("keep_aspect_ratio_policy", "not_smaller"), ("axes", new[] { 2, 3 })]) { Constants = [null, null, Integer([2], 7, 8)] },
    ];

    private static IEnumerable<OperatorCase> Samples =>
    [
        .. from mode in new[] { "bilinear", "nearest", "bicubic" }
           from padding in new[] { "zeros", "border", "reflection" }
           from corners in new[] { 0, 1 }
           select new OperatorCase($"GridSample {mode} {padding} {corners}", 16, [2, 2, 4, 5], "GridSample", [], [("mode", mode), ("padding_mode", padding), ("align_corners", corners)]) { Constants = [Wide(1, 2, 3, 4, 2)] },
        .. from mode in new[] { "linear", "cubic" }
           from corners in new[] { 0, 1 }
           select new OperatorCase($"GridSample {mode} positions {corners}", 20, [2, 3, 4, 2], "GridSample", [], [("mode", mode), ("align_corners", corners)]) { Constants = [Random(1, 2, 2, 4, 5)], Position = 1 },
        new("GridSample linear 3-D", 20, [1, 2, 3, 4, 2], "GridSample", [], [("mode", "linear")]) { Constants = [Wide(1, 1, 2, 3, 2, 3)] },
        new("GridSample nearest 3-D", 22, [1, 2, 3, 4, 2], "GridSample", [], [("mode", "nearest"), ("padding_mode", "border")]) { Constants = [Wide(1, 1, 2, 3, 2, 3)] },
        new("AffineGrid", 20, [2, 2, 3], "AffineGrid", [], []) { Constants = [Integer([4], 2, 1, 3, 4)] },
        new("AffineGrid 3-D corners", 20, [2, 3, 4], "AffineGrid", [], [("align_corners", 1)]) { Constants = [Integer([5], 2, 1, 2, 3, 4)] },
        new("RoiAlign in 10", 10, [2, 2, 6, 7], "RoiAlign", [], [("output_height", 2), ("output_width", 3), ("sampling_ratio", 2), ("spatial_scale", 0.5f)]) { Constants = [Floats([3, 4], 1, 2, 9, 8, 3, 3, 4, 4, -6, 2, 20, 11), Integer([3], 0, 1, 1)] },
        new("RoiAlign adaptive", 16, [2, 2, 6, 7], "RoiAlign", [], [("output_height", 2), ("output_width", 2)]) { Constants = [Floats([2, 4], 1, 0, 5, 4, 0.5f, 2, 6, 3), Integer([2], 1, 0)] },
        new("RoiAlign max", 16, [2, 2, 6, 7], "RoiAlign", [], [("mode", "max"), ("coordinate_transformation_mode", "output_half_pixel"), ("output_height", 2), ("output_width", 2), ("sampling_ratio", 2)]) { Constants = [Floats([2, 4], 1, 0, 5, 4, 0.5f, 2, 6, 3), Integer([2], 1, 0)] },
    ];

    private static IEnumerable<OperatorCase> Rearrangements =>
    [
        .. new[] { 7L, 11, 13 }.Select(opset => new OperatorCase($"DepthToSpace in {opset}", opset, [1, 8, 2, 3], "DepthToSpace", [], [("blocksize", 2)])),
        new("DepthToSpace CRD", 11, [1, 8, 2, 3], "DepthToSpace", [], [("blocksize", 2), ("mode", "CRD")]),
        .. new[] { 7L, 13 }.Select(opset => new OperatorCase($"SpaceToDepth in {opset}", opset, [1, 2, 4, 6], "SpaceToDepth", [], [("blocksize", 2)])),
        new("CenterCropPad", 18, [3, 6, 5], "CenterCropPad", [], [("axes", new[] { 1, 2 })], [[3, 8]]),
        new("Col2Im", 18, [1, 12, 12], "Col2Im", [], [("pads", new[] { 1, 0, 0, 1 })], [[4, 3], [2, 2]]),
        new("Col2Im strided dilated", 18, [2, 6, 3], "Col2Im", [], [("strides", new[] { 2, 1 }), ("dilations", new[] { 1, 2 })], [[6, 5], [2, 3]]),
    ];

    // Positions that reach outside the image.
    private static OnnxTensor Wide(int seed, params long[] dims)
        => Floats(dims, [.. SampleModels.Numbers((int)dims.Aggregate(1L, (product, dim) => product * dim), seed).Select(value => value * 1.7f)]);
}
