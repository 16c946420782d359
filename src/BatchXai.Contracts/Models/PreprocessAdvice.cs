namespace BatchXai.Contracts.Models;

/// <summary>What is known about the preprocessing that a model expects.</summary>
/// <param name="Text">One or two sentences, which say how sure this is.</param>
public sealed record PreprocessAdvice(string Text)
{
    /// <summary>The preset that fits (see <see cref="PreprocessPresets"/>); null when none can be named.</summary>
    public string? Preset { get; init; }

    /// <summary>The model normalises its input itself, and <see cref="Mean"/> and <see cref="Std"/> were measured; otherwise the advice is a guess.</summary>
    public bool IsMeasured { get; init; }

    /// <summary>Mean that the model subtracts from each input channel; empty when not measured.</summary>
    public IReadOnlyList<double> Mean { get; init; } = [];

    /// <summary>Deviation that the model divides each input channel by; empty when not measured.</summary>
    public IReadOnlyList<double> Std { get; init; } = [];

    /// <summary>The model reverses the order of the channels itself.</summary>
    public bool SwapsChannels { get; init; }
}
