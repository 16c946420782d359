namespace BatchXai.Imaging;

/// <summary>How 8-bit values become the model's input: x = (value · scale − mean) / std for each channel.</summary>
public readonly record struct PixelScaling
{
    /// <summary>RGB, 0 … 1.</summary>
    public PixelScaling()
    {
    }

    /// <summary>Factor on 8-bit values, before mean and std.</summary>
    public double Scale { get; init; } = 1.0 / 255;

    /// <summary>Mean of each channel in the model's order; one value stands for all.</summary>
    public double[] Mean { get; init; } = [0];

    /// <summary>Standard deviation of each channel in the model's order, not 0; one value stands for all.</summary>
    public double[] Std { get; init; } = [1];

    /// <summary>The model wants blue, green, red.</summary>
    public bool Bgr { get; init; }

    /// <summary>Channels of the input: 3, or 1 for luma (ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B).</summary>
    public int Channels { get; init; } = 3;

    /// <summary>Grey level of the padding, 0 … 255, scaled like a pixel.</summary>
    public byte Padding { get; init; }

    /// <summary>x = value · factor + bias for a channel in the model's order.</summary>
    internal (float Factor, float Bias) Of(int channel)
    {
        var std = Std.Length == 1 ? Std[0] : Std[channel];
        var mean = Mean.Length == 1 ? Mean[0] : Mean[channel];
        return ((float)(Scale / std), (float)(-mean / std));
    }

    /// <exception cref="ArgumentException">The numbers do not fit together.</exception>
    internal void Check()
    {
        if (Channels is not (1 or 3))
        {
            throw new ArgumentException($"an input of {Channels} channels; 1 (luma) or 3 (RGB, BGR) can be made from an image");
        }

        if (Mean is null || (Mean.Length != 1 && Mean.Length != Channels) || Std is null || (Std.Length != 1 && Std.Length != Channels) || Std.Contains(0))
        {
            throw new ArgumentException($"mean and std need 1 or {Channels} values each, std other than 0: mean has {Mean?.Length ?? 0}, std has {Std?.Length ?? 0}");
        }
    }
}
