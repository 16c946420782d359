namespace BatchXai.Onnx.Operators;

/// <summary>How Resize reads one axis: the attributes that do not depend on sizes.</summary>
internal sealed record Interpolation
{
    public required ResizeMode Mode { get; init; }

    public required CoordinateMode Coordinates { get; init; }

    public NearestMode Nearest { get; init; }

    public double CubicA { get; init; } = -0.75;

    public bool Antialias { get; init; }

    public bool ExcludeOutside { get; init; }

    public double Extrapolation { get; init; }

    /// <exception cref="NotSupportedException">An attribute has a value that the specification does not list.</exception>
    public static Interpolation Of(OnnxNode node) => new()
    {
        Mode = ModeOf(node),
        Coordinates = node.Text("coordinate_transformation_mode", "half_pixel") switch
        {
            "half_pixel" => CoordinateMode.HalfPixel,
            "half_pixel_symmetric" => CoordinateMode.HalfPixelSymmetric,
            "pytorch_half_pixel" => CoordinateMode.PytorchHalfPixel,
            "align_corners" => CoordinateMode.AlignCorners,
            "asymmetric" => CoordinateMode.Asymmetric,
            "tf_half_pixel_for_nn" => CoordinateMode.TensorFlowHalfPixel,
            "tf_crop_and_resize" => CoordinateMode.CropAndResize,
            var other => throw new NotSupportedException($"coordinate_transformation_mode={other}"),
        },
        Nearest = node.Text("nearest_mode", "round_prefer_floor") switch
        {
            "round_prefer_floor" => NearestMode.RoundPreferFloor,
            "round_prefer_ceil" => NearestMode.RoundPreferCeil,
            "floor" => NearestMode.Floor,
            "ceil" => NearestMode.Ceil,
            var other => throw new NotSupportedException($"nearest_mode={other}"),
        },
        CubicA = node.Float("cubic_coeff_a", -0.75f),
        Antialias = node.Int("antialias", 0) != 0,
        ExcludeOutside = node.Int("exclude_outside", 0) != 0,
        Extrapolation = node.Float("extrapolation_value", 0),
    };

    /// <summary>Resize 10 and Upsample: pixels lie at x / scale; nearest takes the pixel before when enlarging, the one after when shrinking.</summary>
    public static Interpolation Old(OnnxNode node) => new()
    {
        Mode = ModeOf(node) is var mode && mode != ResizeMode.Cubic ? mode : throw new NotSupportedException("mode=cubic"),
        Coordinates = CoordinateMode.Asymmetric,
        Nearest = NearestMode.FloorOrCeil,
    };

    private static ResizeMode ModeOf(OnnxNode node) => node.Text("mode", "nearest") switch
    {
        "nearest" => ResizeMode.Nearest,
        "linear" => ResizeMode.Linear,
        "cubic" => ResizeMode.Cubic,
        var other => throw new NotSupportedException($"mode={other}"),
    };
}

/// <summary>The kernel that weighs pixels.</summary>
internal enum ResizeMode
{
    /// <summary>One pixel.</summary>
    Nearest,

    /// <summary>Two pixels, a triangle.</summary>
    Linear,

    /// <summary>Four pixels, cubic convolution.</summary>
    Cubic,
}

/// <summary>Where a pixel of the result lies in the input.</summary>
internal enum CoordinateMode
{
    /// <summary>(x + ½) / scale − ½.</summary>
    HalfPixel,

    /// <summary>As half pixel, about the centre of the whole when a scale gives a fractional size.</summary>
    HalfPixelSymmetric,

    /// <summary>As half pixel; 0 for a result of one pixel.</summary>
    PytorchHalfPixel,

    /// <summary>First to first, last to last.</summary>
    AlignCorners,

    /// <summary>x / scale.</summary>
    Asymmetric,

    /// <summary>(x + ½) / scale; opset 11 only.</summary>
    TensorFlowHalfPixel,

    /// <summary>A region of interest, corners aligned.</summary>
    CropAndResize,
}

/// <summary>Which pixel is nearest.</summary>
internal enum NearestMode
{
    /// <summary>Half goes down.</summary>
    RoundPreferFloor,

    /// <summary>Half goes up.</summary>
    RoundPreferCeil,

    /// <summary>The one before.</summary>
    Floor,

    /// <summary>The one after.</summary>
    Ceil,

    /// <summary>The one before when enlarging, the one after when shrinking.</summary>
    FloorOrCeil,
}
