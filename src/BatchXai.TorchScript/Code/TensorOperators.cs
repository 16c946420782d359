namespace BatchXai.TorchScript.Code;

/// <summary>Operators of torch that make one tensor of a tensor: where activations come from.</summary>
internal static class TensorOperators
{
    // One of the first two arguments must be a tensor: the same names also compute with numbers and lists.
    private static readonly HashSet<string> Known =
    [
        "conv1d", "conv2d", "conv3d", "convolution", "conv_transpose2d", "conv_transpose3d", "linear", "addmm", "mm", "bmm", "matmul", "baddbmm", "addcmul",
        "batch_norm", "instance_norm", "group_norm", "layer_norm", "local_response_norm", "norm", "frobenius_norm",
        "relu", "relu6", "leaky_relu", "prelu", "rrelu", "elu", "selu", "celu", "gelu", "silu", "mish", "glu", "hardswish", "hardsigmoid", "hardtanh", "sigmoid", "log_sigmoid",
        "tanh", "tanhshrink", "softplus", "softsign", "hardshrink", "softshrink", "threshold", "softmax", "log_softmax", "erf", "exp", "log", "sqrt", "rsqrt", "abs", "neg",
        "square", "pow", "reciprocal", "clamp", "clamp_min", "clamp_max", "clip", "add", "sub", "rsub", "mul", "div", "multiply", "subtract", "divide", "true_divide", "maximum", "minimum",
        "max_pool1d", "max_pool2d", "max_pool3d", "avg_pool1d", "avg_pool2d", "avg_pool3d", "adaptive_avg_pool1d", "adaptive_avg_pool2d", "adaptive_avg_pool3d",
        "mean", "sum", "dropout", "feature_dropout", "alpha_dropout", "feature_alpha_dropout", "pixel_shuffle", "pixel_unshuffle", "channel_shuffle", "native_channel_shuffle",
        "upsample_nearest2d", "upsample_bilinear2d", "upsample_bicubic2d", "interpolate", "grid_sampler", "pad", "constant_pad_nd", "reflection_pad2d", "replication_pad2d", "roll", "flip",
        "flatten", "reshape", "view", "permute", "transpose", "t", "contiguous", "clone", "detach", "alias", "squeeze", "unsqueeze", "expand", "expand_as", "repeat", "select", "slice", "narrow",
        "type_as", "float", "half", "double", "to", "scaled_dot_product_attention", "index_select", "gather", "unflatten", "movedim", "swapaxes",
    ];

    // Of a list of tensors.
    private static readonly HashSet<string> OfList = ["cat", "concat", "concatenate", "stack"];

    /// <summary>The operator's name without the marks of private and in-place variants.</summary>
    internal static string PlainName(string name) => name.Trim('_') is { Length: > 0 } plain ? plain : name;

    /// <summary>Whether a call gives one tensor.</summary>
    internal static bool GivesTensor(string name, bool firstIsTensor, bool secondIsTensor) =>
        OfList.Contains(PlainName(name)) || (Known.Contains(PlainName(name)) && (firstIsTensor || secondIsTensor));
}
