using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BatchXai.Cli.Planted;

/// <summary>
/// Three 3×3 convolutions with ReLU, two max-poolings, global average pooling, one linear layer: small enough to train in seconds, and of
/// the form for which class activation mapping is exact.
/// </summary>
internal sealed class TinyCnn : nn.Module<Tensor, Tensor>
{
    /// <summary>Makes a network with random weights out of torch's default generator.</summary>
    /// <param name="channels">Channels of the three convolutions.</param>
    /// <param name="classes">Number of outputs.</param>
    public TinyCnn(IReadOnlyList<int> channels, int classes)
        : base(nameof(TinyCnn))
    {
        First = nn.Conv2d(3, channels[0], 3, padding: 1);
        Second = nn.Conv2d(channels[0], channels[1], 3, padding: 1);
        Third = nn.Conv2d(channels[1], channels[2], 3, padding: 1);
        Head = nn.Linear(channels[2], classes);
        InitialiseHe(First, Second, Third);
        RegisterComponents();
    }

    /// <summary>First convolution, at the full side S.</summary>
    public Conv2d First { get; }

    /// <summary>Second convolution, at S/2.</summary>
    public Conv2d Second { get; }

    /// <summary>Third convolution, at S/4: the target layer.</summary>
    public Conv2d Third { get; }

    /// <summary>The linear layer behind the global average pooling.</summary>
    public Linear Head { get; }

    /// <summary>Scores N×K of images N×3×S×S.</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var a = nn.functional.max_pool2d(nn.functional.relu(First.call(input)), 2);
        a = nn.functional.max_pool2d(nn.functional.relu(Second.call(a)), 2);
        a = nn.functional.relu(Third.call(a));
        return Head.call(a.mean([2, 3])).MoveToOuterDisposeScope();
    }

    /// <summary>He et al. 2015; torch's own default is smaller and costs this network half of its epochs.</summary>
    private static void InitialiseHe(params Conv2d[] convolutions)
    {
        foreach (var convolution in convolutions)
        {
            nn.init.kaiming_normal_(convolution.weight!, nonlinearity: nn.init.NonlinearityType.ReLU);
            nn.init.zeros_(convolution.bias!);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            First.Dispose();
            Second.Dispose();
            Third.Dispose();
            Head.Dispose();
        }

        base.Dispose(disposing);
    }
}
