namespace BatchXai.Attribution.Models;

/// <summary>How an activation holds its D channels on h×w cells.</summary>
public enum ActivationLayout
{
    /// <summary>N×D×h×w.</summary>
    ChannelsFirst,

    /// <summary>N×h×w×D.</summary>
    ChannelsLast,

    /// <summary>N×(p + h·w)×D: p prefix tokens, then the cells row by row.</summary>
    Tokens,

    /// <summary>N×D×(p + h·w).</summary>
    ChannelTokens,
}
