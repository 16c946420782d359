using BatchXai.Attribution.Models;
using TorchSharp;
using static BatchXai.Onnx.Torch.Scalars;

namespace BatchXai.Attribution.Methods;

/// <summary>
/// One forward pass and at most one backward pass for a whole batch, recording as little as the methods need: nothing with a linear head,
/// the tail behind the target layer without saliency, everything with it. In eval mode items are independent, so a row of gradient seeds
/// for each item gives each item's own gradient.
/// </summary>
internal sealed class SharedPass
{
    private readonly ClassifierParts parts;
    private readonly Needs needs;
    private readonly torch.Tensor images;

    // As the graph has it: only what leaves the pass is laid out as a grid.
    private readonly torch.Tensor? activation;

    private SharedPass(ClassifierParts parts, Needs needs, torch.Tensor images, torch.Tensor? activation, torch.Tensor scores) =>
        (this.parts, this.needs, this.images, this.activation, Scores) = (parts, needs, images, activation, scores);

    /// <summary>Class scores N×K.</summary>
    internal torch.Tensor Scores { get; }

    /// <summary>Runs a batch forward. All tensors belong to the caller's dispose scope.</summary>
    internal static SharedPass Run(ClassifierParts parts, Needs needs, torch.Tensor images)
    {
        if (NeedsFullGraph(parts, needs))
        {
            return Full(parts, needs, images.detach().requires_grad_());
        }

        using var _ = torch.no_grad();
        if (NeedsBackward(parts, needs))
        {
            return Tail(parts, needs, images, Fetch(parts, images, parts.Layer!.Tensor)[parts.Layer.Tensor]);
        }

        return Forward(parts, needs, images);
    }

    /// <summary>The same pass for some rows only, starting as late as possible: for second targets.</summary>
    internal SharedPass Again(torch.Tensor rows)
    {
        var some = images.detach().index_select(0, rows);
        if (NeedsFullGraph(parts, needs))
        {
            return Full(parts, needs, some.requires_grad_());
        }

        var selected = activation!.detach().index_select(0, rows);
        return NeedsBackward(parts, needs) ? Tail(parts, needs, some, selected) : new SharedPass(parts, needs, some, selected, Scores.index_select(0, rows));
    }

    /// <summary>Gradients of Σ seed·scores, with everything else that the methods read.</summary>
    /// <param name="seed">∂s/∂z for each row, N×K; zero rows give zero gradients.</param>
    /// <param name="loss">s is the loss; passed on to the methods.</param>
    internal PassResult Backward(torch.Tensor seed, bool loss)
    {
        var wantsActivation = needs.HasFlag(Needs.ActivationGradient);
        var viaHead = wantsActivation && parts.Head is { IsExact: true };
        var inputs = new List<torch.Tensor>();
        if (needs.HasFlag(Needs.InputGradient))
        {
            inputs.Add(images);
        }

        if (wantsActivation && !viaHead)
        {
            inputs.Add(activation!);
        }

        if (inputs.Count > 0)
        {
            torch.autograd.backward([Scores], [seed], inputs: inputs);
        }

        using var _ = torch.no_grad();
        var gradient = wantsActivation && !viaHead ? parts.Layer!.ToGrid(Gradient(activation!)) : null;
        var cells = viaHead ? parts.Layer!.Height * parts.Layer.Width : 1;
        return new PassResult
        {
            Loss = loss,
            Activation = activation is null ? null : parts.Layer!.ToGrid(activation.detach()),
            ActivationGradient = gradient,
            PooledGradient = viaHead ? seed.mm(parts.Head!.Weights).div(Held(cells)) : gradient?.mean([2, 3]),
            InputGradient = needs.HasFlag(Needs.InputGradient) ? Gradient(images) : null,
        };
    }

    private static bool NeedsBackward(ClassifierParts parts, Needs needs) => needs.HasFlag(Needs.ActivationGradient) && parts.Head is not { IsExact: true };

    private static bool NeedsFullGraph(ClassifierParts parts, Needs needs) => needs.HasFlag(Needs.InputGradient) || (NeedsBackward(parts, needs) && parts.Tail is null);

    private static SharedPass Full(ClassifierParts parts, Needs needs, torch.Tensor leaf)
    {
        using var _ = torch.enable_grad();
        return Forward(parts, needs, leaf);
    }

    private static SharedPass Tail(ClassifierParts parts, Needs needs, torch.Tensor images, torch.Tensor cut)
    {
        using var _ = torch.enable_grad();
        var leaf = cut.detach().requires_grad_();
        return new SharedPass(parts, needs, images, leaf, parts.Tail!.Scores(leaf, images));
    }

    private static SharedPass Forward(ClassifierParts parts, Needs needs, torch.Tensor images)
    {
        var values = Fetch(parts, images, LayerAnd(parts.Scores.Tensor, parts, needs));
        return new SharedPass(parts, needs, images, Activation(parts, needs, values), parts.Scores.Read(values[parts.Scores.Tensor], images.shape[0]));
    }

    private static IReadOnlyDictionary<string, torch.Tensor> Fetch(ClassifierParts parts, torch.Tensor images, params string[] fetches) =>
        parts.Graph.Run(parts.Image.Feed(images), fetches);

    private static string[] LayerAnd(string scores, ClassifierParts parts, Needs needs) =>
        needs.HasFlag(Needs.Activation) && parts.Layer!.Tensor != scores ? [parts.Layer.Tensor, scores] : [scores];

    private static torch.Tensor? Activation(ClassifierParts parts, Needs needs, IReadOnlyDictionary<string, torch.Tensor> values) =>
        needs.HasFlag(Needs.Activation) ? values[parts.Layer!.Tensor] : null;

    /// <summary>The gradient that the backward pass left; zero where the scores do not depend on the tensor.</summary>
    private static torch.Tensor Gradient(torch.Tensor tensor) => tensor.grad is { } gradient ? gradient : torch.zeros_like(tensor);
}
