using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>Sends all samples down all trees at once: one step is a few tensor operations, and leaves lead to themselves.</summary>
internal sealed class TreeWalk
{
    private readonly int depth;
    private readonly TreeBranch[] kinds;
    private readonly Value branches;
    private readonly Value features;
    private readonly Value splits;
    private readonly Value yes;
    private readonly Value no;
    private readonly Value? missing;
    private readonly Value roots;
    private readonly Value? members;

    public TreeWalk(TreeNodes nodes)
    {
        depth = nodes.Depth();
        kinds = [.. nodes.Branches.Where(branch => branch != TreeBranch.Leaf).Distinct()];
        branches = Column([.. nodes.Branches.Select(branch => (long)branch)]);
        features = Column(nodes.Features);
        splits = AttributeTensor.Of(nodes.Splits, nodes.Splits.Length);
        (yes, no, roots) = (Column(nodes.True), Column(nodes.False), Column(nodes.Roots));
        missing = nodes.MissingIsTrue.Contains(true) ? Column([.. nodes.MissingIsTrue.Select(flag => flag ? 1L : 0)]) : null;
        members = nodes.Members.Count > 0 ? Sets(nodes) : null;
    }

    /// <summary>The leaf of each sample in each tree. Belongs into a dispose scope.</summary>
    public Tensor Leaves(Tensor x, ExecutionSettings settings)
    {
        using var noGrad = torch.no_grad();
        var wide = x.to(torch.ScalarType.Float64);
        var current = roots.Tensor(settings).unsqueeze(0).expand(x.shape[0], -1);
        for (var step = 0; step < depth; step++)
        {
            var value = wide.gather(1, features.Tensor(settings).take(current));
            var holds = Holds(value, current, settings);
            if (missing is not null)
            {
                holds = holds.logical_or(value.isnan().logical_and(missing.Tensor(settings).take(current).ne(Held(0))));
            }

            current = torch.where(holds, yes.Tensor(settings).take(current), no.Tensor(settings).take(current));
        }

        return current;
    }

    private Tensor Holds(Tensor value, Tensor current, ExecutionSettings settings)
    {
        var split = splits.Tensor(settings).take(current);
        Tensor? result = null;
        foreach (var kind in kinds)
        {
            var one = kind switch
            {
                TreeBranch.AtMost => value.le(split),
                TreeBranch.Below => value.lt(split),
                TreeBranch.AtLeast => value.ge(split),
                TreeBranch.Above => value.gt(split),
                TreeBranch.Equal => value.eq(split),
                TreeBranch.NotEqual => value.ne(split),
                _ => IsMember(value, current, settings),
            };
            result = result is null ? one : torch.where(branches.Tensor(settings).take(current).eq(Held((long)kind)), one, result);
        }

        return result!;
    }

    private Tensor IsMember(Tensor value, Tensor current, ExecutionSettings settings)
    {
        var sets = members!.Tensor(settings).index_select(0, current.reshape(-1)).reshape([.. current.shape, -1]);
        return sets.eq(value.unsqueeze(-1)).any(-1);
    }

    // Sets are filled up with NaN, which equals nothing.
    private static Value Sets(TreeNodes nodes)
    {
        var width = Math.Max(1, nodes.Members.Values.Max(set => set.Length));
        var table = new double[nodes.Branches.Length * width];
        Array.Fill(table, double.NaN);
        foreach (var (node, set) in nodes.Members)
        {
            set.CopyTo(table, node * width);
        }

        return AttributeTensor.Of(table, nodes.Branches.Length, width);
    }

    private static Value Column(long[] values) => AttributeTensor.Of(values, values.Length);
}
