using TorchSharp;

namespace BatchXai.Attribution.Models;

/// <summary>A spatial activation: D channels on h×w cells with h·w &gt; 1, sized for the classifier's input.</summary>
/// <param name="Tensor">Tensor name: the stable id.</param>
/// <param name="Operator">Operator that makes it.</param>
/// <param name="Channels">Channels D.</param>
/// <param name="Height">Grid height h.</param>
/// <param name="Width">Grid width w.</param>
public sealed record SpatialLayer(string Tensor, string Operator, int Channels, int Height, int Width)
{
    /// <summary>Name for people: the module's path where the exporter kept it, the tensor name otherwise.</summary>
    public string Name { get; init; } = Tensor;

    /// <summary>Where the channels and the cells are.</summary>
    public ActivationLayout Layout { get; init; }

    /// <summary>Tokens before the cells: class, distillation and register tokens.</summary>
    public int PrefixTokens { get; init; }

    /// <summary>Type of the elements in the graph.</summary>
    internal torch.ScalarType ElementType { get; init; } = torch.ScalarType.Float32;

    private int Cells => Height * Width;

    /// <summary>The activation, or its gradient, as the graph has it → N×D×h×w in single precision. Differentiable.</summary>
    internal torch.Tensor ToGrid(torch.Tensor raw)
    {
        long[] shape = [raw.shape[0], Channels, Height, Width];
        var grid = Layout switch
        {
            ActivationLayout.ChannelsLast => raw.permute(0, 3, 1, 2),
            ActivationLayout.Tokens => raw.narrow(1, PrefixTokens, Cells).transpose(1, 2).reshape(shape),
            ActivationLayout.ChannelTokens => raw.narrow(2, PrefixTokens, Cells).reshape(shape),
            _ => raw,
        };
        return grid.to(torch.ScalarType.Float32);
    }

    /// <summary>N×D×h×w → the activation as the graph has it; prefix tokens are zero.</summary>
    internal torch.Tensor FromGrid(torch.Tensor grid)
    {
        var items = grid.shape[0];
        var raw = Layout switch
        {
            ActivationLayout.ChannelsLast => grid.permute(0, 2, 3, 1),
            ActivationLayout.Tokens => torch.cat([grid.new_zeros(items, PrefixTokens, Channels), grid.flatten(2).transpose(1, 2)], 1),
            ActivationLayout.ChannelTokens => torch.cat([grid.new_zeros(items, Channels, PrefixTokens), grid.flatten(2)], 2),
            _ => grid,
        };
        return raw.to(ElementType).contiguous();
    }
}
