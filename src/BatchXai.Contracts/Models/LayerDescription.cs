namespace BatchXai.Contracts.Models;

/// <summary>A spatial activation.</summary>
/// <param name="Tensor">Tensor name: the stable id.</param>
/// <param name="Operator">Operator that makes it.</param>
/// <param name="Channels">Channels D.</param>
/// <param name="Height">Grid height h.</param>
/// <param name="Width">Grid width w.</param>
public sealed record LayerDescription(string Tensor, string Operator, int Channels, int Height, int Width)
{
    /// <summary>Name for people: the module's path where the exporter kept it, the tensor name otherwise.</summary>
    public string Name { get; init; } = Tensor;

    /// <summary>Where channels and cells are in the tensor.</summary>
    public LayerLayout Layout { get; init; }

    /// <summary>Tokens before the cells, such as a class token.</summary>
    public int PrefixTokens { get; init; }
}

/// <summary>How an activation holds D channels on h×w cells.</summary>
public enum LayerLayout
{
    /// <summary>N×D×h×w.</summary>
    ChannelsFirst,

    /// <summary>N×h×w×D.</summary>
    ChannelsLast,

    /// <summary>N×(prefix tokens + h·w)×D.</summary>
    Tokens,

    /// <summary>N×D×(prefix tokens + h·w).</summary>
    ChannelTokens,
}
