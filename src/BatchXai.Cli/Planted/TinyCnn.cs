using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace BatchXai.Cli.Planted;

/// <summary>
/// Three 3×3 convolutions with ReLU, two max-poolings, global average pooling, one linear layer: small enough to train in seconds, and of
/// the form for which class activation mapping is exact. Batch normalisation (Ioffe and Szegedy 2015) behind each convolution, where it is asked
/// for, lets every seed learn what there is to learn in a few passes; without it some seeds learn little.
/// </summary>
internal sealed class TinyCnn : nn.Module<Tensor, Tensor>
{
    /// <summary>Makes a network with random weights out of torch's default generator.</summary>
    /// <param name="channels">Channels of the three convolutions.</param>
    /// <param name="classes">Number of outputs.</param>
    /// <param name="batchNorm">Normalise behind each convolution.</param>
    public TinyCnn(IReadOnlyList<int> channels, int classes, bool batchNorm = false)
        : base(nameof(TinyCnn))
    {
        First = nn.Conv2d(3, channels[0], 3, padding: 1);
        Second = nn.Conv2d(channels[0], channels[1], 3, padding: 1);
        Third = nn.Conv2d(channels[1], channels[2], 3, padding: 1);
        Head = nn.Linear(channels[2], classes);
        Norms = batchNorm ? [.. channels.Select(count => nn.BatchNorm2d(count))] : [];
        InitialiseHe(First, Second, Third);
        RegisterComponents();
        for (var i = 0; i < Norms.Count; i++)
        {
            register_module($"norm{i + 1}", Norms[i]);
        }
    }

    /// <summary>First convolution, at the full side S.</summary>
    public Conv2d First { get; }

    /// <summary>Second convolution, at S/2.</summary>
    public Conv2d Second { get; }

    /// <summary>Third convolution, at S/4: the target layer.</summary>
    public Conv2d Third { get; }

    /// <summary>The normalisation behind each convolution; empty: none.</summary>
    public IReadOnlyList<BatchNorm2d> Norms { get; }

    /// <summary>The linear layer behind the global average pooling.</summary>
    public Linear Head { get; }

    /// <summary>Scores N×K of images N×3×S×S.</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();

        // Pooling before ReLU gives the same numbers as after it, for a quarter of the work.
        var a = nn.functional.relu(nn.functional.max_pool2d(Normalised(0, First.call(input)), 2));
        a = nn.functional.relu(nn.functional.max_pool2d(Normalised(1, Second.call(a)), 2));
        a = nn.functional.relu(Normalised(2, Third.call(a)));
        return Head.call(a.mean([2, 3])).MoveToOuterDisposeScope();
    }

    private Tensor Normalised(int layer, Tensor values) => Norms.Count == 0 ? values : Norms[layer].call(values);

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
            foreach (var norm in Norms)
            {
                norm.Dispose();
            }
        }

        base.Dispose(disposing);
    }
}
