using TorchSharp;
using static BatchXai.Onnx.Torch.Scalars;
using static TorchSharp.torch;

namespace BatchXai.Cli.Planted;

/// <summary>Generated images as the model's input, all in memory.</summary>
/// <param name="Inputs">N×3×S×S, RGB in −1 … 1.</param>
/// <param name="Labels">N classes.</param>
internal sealed record ImageSet(Tensor Inputs, Tensor Labels) : IDisposable
{
    /// <summary>Draws the first <paramref name="count"/> images.</summary>
    public static ImageSet Draw(PlantedShortcutGenerator generator, int count, int size, CancellationToken cancellationToken) =>
        Draw(i => generator.Sample(i), count, size, cancellationToken);

    /// <summary>Draws scenes 0 … <paramref name="count"/> − 1.</summary>
    public static ImageSet Draw(Func<int, PlantedScene> scene, int count, int size, CancellationToken cancellationToken)
    {
        var pixels = new byte[count * size * size * 3];
        var labels = new long[count];
        Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            var image = SceneRenderer.Draw(scene(i), size);
            image.Pixels.CopyTo(pixels, i * image.Pixels.Length);
            labels[i] = image.Scene.Label;
        });

        using var scope = NewDisposeScope();
        var inputs = tensor(pixels, [count, size, size, 3]).permute(0, 3, 1, 2).to(float32).div(Held(127.5)).sub(Held(1)).contiguous();
        return new ImageSet(inputs.MoveToOuterDisposeScope(), tensor(labels).MoveToOuterDisposeScope());
    }

    /// <summary>The same images, a share of them with another class's label instead of theirs. Each set owns its tensors.</summary>
    public ImageSet WithLabelNoise(double share, int seed)
    {
        var labels = Labels.data<long>().ToArray();
        for (var i = 0; i < labels.Length; i++)
        {
            var random = SeededRandom.For(seed, i);
            var isWrong = random.Uniform(0, 1) < share;
            labels[i] = isWrong ? (labels[i] + 1 + random.Below(PlantedShortcutGenerator.Classes - 1)) % PlantedShortcutGenerator.Classes : labels[i];
        }

        return new ImageSet(Inputs.alias(), tensor(labels));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Inputs.Dispose();
        Labels.Dispose();
    }
}
