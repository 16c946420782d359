using TorchSharp;
using static BatchXai.Onnx.Torch.Scalars;
using static TorchSharp.torch;

namespace BatchXai.Cli.Planted;

/// <summary>
/// Kingma and Ba 2015 (arXiv 1412.6980), algorithm 1: p ← p − α·m̂ / (√v̂ + ε), where m and v are running means of the gradient and of its square, and
/// the hat takes out that they started at zero. TorchSharp's own makes scalars inside that nothing holds.
/// </summary>
internal sealed class Adam : IDisposable
{
    private const double GradientDecay = 0.9;
    private const double SquareDecay = 0.999;
    private const double Epsilon = 1e-8;

    private readonly List<(Tensor Parameter, Tensor Mean, Tensor Square)> state;
    private int steps;

    /// <summary>Starts with running means of zero. The parameters stay the caller's.</summary>
    public Adam(IEnumerable<Tensor> parameters) =>
        state = [.. parameters.Select(parameter => (parameter, zeros_like(parameter).DetachFromDisposeScope(), zeros_like(parameter).DetachFromDisposeScope()))];

    /// <summary>Moves every parameter against its gradient and forgets the gradients.</summary>
    public void Step(double learningRate)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        steps++;
        var root = Math.Sqrt(1 - Math.Pow(SquareDecay, steps));
        var rate = learningRate / (1 - Math.Pow(GradientDecay, steps));
        foreach (var (parameter, mean, square) in state)
        {
            var gradient = parameter.grad!;
            mean.mul_(Held(GradientDecay)).add_(gradient, Held(1 - GradientDecay));
            square.mul_(Held(SquareDecay)).addcmul_(gradient, gradient, Held(1 - SquareDecay));
            parameter.addcdiv_(mean, square.sqrt().div_(Held(root)).add_(Held(Epsilon), Held(1)), Held(-rate));
            gradient.zero_();
        }
    }

    /// <summary>Frees the running means.</summary>
    public void Dispose()
    {
        foreach (var (_, mean, square) in state)
        {
            mean.Dispose();
            square.Dispose();
        }
    }
}
