namespace BatchXai.Contracts.Models;

/// <summary>How a model file wants its images.</summary>
public enum InputLayout
{
    /// <summary>N×C×H×W.</summary>
    ChannelsFirst,

    /// <summary>N×H×W×C.</summary>
    ChannelsLast,

    /// <summary>N×(H·W·C), the channels of a pixel together.</summary>
    Flat,
}
