using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>
/// Decisions between each pair of classes i &lt; j: Σ over the vectors of i of coefficient[j − 1] · kernel, plus Σ over those of j of coefficient[i] · kernel, plus ρ.
/// A positive one is a vote for i, another for j.
/// </summary>
internal sealed class PairVotes
{
    private readonly long[] counts;
    private readonly Value weights;
    private readonly Value rho;
    private readonly Value firstPart;
    private readonly Value secondPart;
    private readonly (int First, int Second)[] pairs;

    public PairVotes(OnnxNode node, long[] counts)
    {
        this.counts = counts;
        var classes = counts.Length;
        pairs = [.. from i in Enumerable.Range(0, classes) from j in Enumerable.Range(i + 1, classes - i - 1) select (i, j)];
        weights = AttributeTensor.Of(AttributeTensor.Required(node, "coefficients"), classes - 1, counts.Sum());
        rho = AttributeTensor.Of(AttributeTensor.Required(node, "rho")[..pairs.Length], pairs.Length);
        firstPart = AttributeTensor.Of([.. pairs.Select(pair => (long)(pair.First * (classes - 1)) + pair.Second - 1)], pairs.Length);
        secondPart = AttributeTensor.Of([.. pairs.Select(pair => (long)(pair.Second * (classes - 1)) + pair.First)], pairs.Length);
    }

    /// <summary>Samples × pairs, from samples × vectors. Belongs into a dispose scope.</summary>
    public Tensor Decide(Tensor kernels, ExecutionSettings settings)
    {
        var wide = weights.Tensor(settings).to(kernels.dtype);
        var (parts, start) = (new List<Tensor>(), 0L);
        foreach (var count in counts)
        {
            parts.Add(F.linear(kernels.narrow(1, start, count), wide.narrow(1, start, count)));
            start += count;
        }

        var table = torch.cat(parts, 1);
        return table.index_select(1, firstPart.Tensor(settings)).Plus(table.index_select(1, secondPart.Tensor(settings))).Plus(rho.Tensor(settings));
    }

    /// <summary>The class with most votes, of several the first. Belongs into a dispose scope.</summary>
    public Tensor Winner(Tensor decisions)
    {
        using var noGrad = torch.no_grad();
        var votes = torch.zeros([decisions.shape[0], counts.Length], torch.ScalarType.Float64, decisions.device);
        var columns = decisions.gt(Held(0)).to(torch.ScalarType.Float64).unbind(1);
        var ranked = votes.unbind(1);
        for (var pair = 0; pair < pairs.Length; pair++)
        {
            var (first, second) = pairs[pair];
            ranked[first] = ranked[first].Plus(columns[pair]);
            ranked[second] = ranked[second].sub(columns[pair]).Plus(Held(1));
        }

        // A hundredth of a vote a class decides ties.
        return torch.stack([.. ranked.Select((vote, index) => vote.sub(Held(index * 0.5 / counts.Length)))], 1).argmax(1);
    }
}
