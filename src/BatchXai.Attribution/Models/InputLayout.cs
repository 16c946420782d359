namespace BatchXai.Attribution.Models;

/// <summary>How a model wants its images.</summary>
public enum InputLayout
{
    /// <summary>N×C×H×W.</summary>
    ChannelsFirst,

    /// <summary>N×H×W×C, as Keras writes it.</summary>
    ChannelsLast,

    /// <summary>N×(H·W·C): pixels in a row, the channels of a pixel together.</summary>
    Flat,
}
