using BatchXai.Attribution.Models;
using TorchSharp;

namespace BatchXai.Attribution.Methods;

/// <summary>What a method needs from the shared pass.</summary>
[Flags]
internal enum Needs
{
    None = 0,

    /// <summary>A, the target layer's activations.</summary>
    Activation = 1,

    /// <summary>∂s/∂A of the explained quantity s.</summary>
    ActivationGradient = 2,

    /// <summary>∂s/∂x.</summary>
    InputGradient = 4,
}

/// <summary>A method that makes heatmaps out of one forward and at most one backward pass, shared with all other methods of a request.</summary>
internal interface IAttributionMethod
{
    /// <summary>Name in requests and tables.</summary>
    string Name { get; }

    /// <summary>What the shared pass must yield.</summary>
    Needs Needs { get; }

    /// <summary>Why the method cannot explain a model; null when it can.</summary>
    string? Problem(ClassifierParts parts);

    /// <summary>Raw heatmaps n×h×w, on the device of the inputs.</summary>
    torch.Tensor Maps(PassResult pass);
}
