using BatchXai.Onnx;
using TorchSharp;

namespace BatchXai.Attribution.Models;

/// <summary>
/// Finds out whether a graph takes any number of images, whatever it declares: three random images together must give the scores that each
/// gives alone. A graph that does not is rewritten, and the rewritten one has to pass the same test.
/// </summary>
internal sealed class BatchSearch(ImageInput image, ScoreCut cut, int declared)
{
    private const int Items = 3;

    /// <summary>The graph to use, which is the given one or replaces it, and what it takes.</summary>
    internal static (DifferentiableGraph Graph, BatchLimit Limit) Find(DifferentiableGraph graph, ImageInput image, ScoreCut cut, List<string> warnings)
    {
        var declared = image.DeclaredBatch ?? 1;
        var search = new BatchSearch(image, cut, declared);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var images = Noise.Of(graph.Device, 3, Items, image.Input.Channels, image.Input.Height, image.Input.Width);
        var alone = torch.cat([.. Enumerable.Range(0, Items).Select(i => search.Alone(graph, images.narrow(0, i, 1)))], 0);
        if (search.GivesTogether(graph, images, alone))
        {
            return (graph, new BatchLimit(image.DeclaredBatch, null, IsPatched: false));
        }

        if (search.Patch(graph, images, alone) is { } patched)
        {
            graph.Dispose();
            return (patched, new BatchLimit(image.DeclaredBatch, null, IsPatched: true));
        }

        warnings.Add(image.DeclaredBatch is null
            ? "The model declares a free batch axis but works with one image at a time only; images are run one by one, which is slower."
            : $"The model takes {declared} image(s) at a time only, which is slower. Export it with a free batch axis.");
        return (graph, new BatchLimit(image.DeclaredBatch, declared, IsPatched: false));
    }

    private DifferentiableGraph? Patch(DifferentiableGraph graph, torch.Tensor images, torch.Tensor alone)
    {
        if (BatchPatch.WithFreeBatch(graph.Model, image.Input.Name, declared) is not { } model)
        {
            return null;
        }

        var patched = DifferentiableGraph.Compile(model, graph.Device);
        if (GivesTogether(patched, images, alone))
        {
            return patched;
        }

        patched.Dispose();
        return null;
    }

    /// <summary>Scores of one image, as a row; the graph gets as many copies as it wants.</summary>
    private torch.Tensor Alone(DifferentiableGraph graph, torch.Tensor one) =>
        Scores(graph, one.expand(declared, -1, -1, -1)).reshape(declared, -1).narrow(0, 0, 1);

    private bool GivesTogether(DifferentiableGraph graph, torch.Tensor images, torch.Tensor alone)
    {
        try
        {
            var together = Scores(graph, images);
            return together.numel() == alone.numel() && IsSame(together.reshape(alone.shape), alone);
        }
        catch (GraphExecutionException)
        {
            // A shape inside insists on the declared number of images.
            return false;
        }
    }

    /// <summary>Differences within rounding, and far below those between the images: rows that were mixed up would show.</summary>
    private static bool IsSame(torch.Tensor together, torch.Tensor alone)
    {
        var isHalf = together.dtype is torch.ScalarType.Float16 or torch.ScalarType.BFloat16;
        var (found, expected) = (together.to(torch.ScalarType.Float32), alone.to(torch.ScalarType.Float32));
        float Largest(torch.Tensor tensor) => tensor.abs().max().item<float>();
        var spread = Largest(expected.narrow(0, 1, Items - 1) - expected.narrow(0, 0, 1));
        var rounding = (isHalf ? 5e-3f : 1e-5f) * Largest(expected);
        return Largest(found - expected) <= Math.Max((isHalf ? .1f : .01f) * spread, rounding);
    }

    private torch.Tensor Scores(DifferentiableGraph graph, torch.Tensor images) => graph.Run(image.Feed(images), cut.Tensor)[cut.Tensor];
}
