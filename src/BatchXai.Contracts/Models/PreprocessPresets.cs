namespace BatchXai.Contracts.Models;

/// <summary>Preprocessing by name, as published with the usual model families.</summary>
public static class PreprocessPresets
{
    /// <summary>Preset name → preprocessing. Names are lower case.</summary>
    public static IReadOnlyDictionary<string, PreprocessSpec> All { get; } = new Dictionary<string, PreprocessSpec>
    {
        // torchvision and timm: RGB in 0…1, ImageNet mean and std.
        ["imagenet"] = new(),
        // Keras "tf" mode: RGB in −1…1, whole image.
        ["tf"] = new() { Scale = 1 / 127.5, Mean = [1], Std = [1], Fit = FitMode.Squash },
        // Keras "caffe" mode: BGR in 0…255 minus the ImageNet mean.
        ["caffe"] = new() { Scale = 1, Mean = [103.939, 116.779, 123.68], Std = [1], Order = ChannelOrder.Bgr },
        ["0-1"] = new() { Mean = [0], Std = [1], Fit = FitMode.Squash },
        ["none"] = new() { Scale = 1, Mean = [0], Std = [1], Fit = FitMode.Squash },
    };
}
