using BatchXai.Onnx.Execution;

namespace BatchXai.Onnx.Operators;

/// <summary>What the leaves that a sample reaches give together, for each target: sum, average, least or largest weight, plus a base value.</summary>
internal sealed class TreeAggregate
{
    private readonly TreeWalk walk;
    private readonly string function;
    private readonly int trees;
    private readonly Value rows;
    private readonly Value weights;
    private readonly Value touches;
    private readonly Value? bases;

    public TreeAggregate(TreeNodes nodes, long targets, string function, double[] bases)
    {
        walk = new TreeWalk(nodes);
        trees = nodes.Roots.Length;
        this.function = function is "SUM" or "AVERAGE" or "MIN" or "MAX" ? function : throw new NotSupportedException($"aggregate_function={function}");

        // Row 0 belongs to nodes that give nothing.
        var rowOf = nodes.Contributions.Select(given => given.Node).Distinct().Select((node, i) => (node, i)).ToDictionary(pair => pair.node, pair => pair.i + 1);
        var (table, touched) = (new double[(rowOf.Count + 1) * targets], new double[(rowOf.Count + 1) * targets]);
        Array.Fill(table, Neutral);
        foreach (var (node, target, weight) in nodes.Contributions)
        {
            if (target < 0 || target >= targets)
            {
                throw new NotSupportedException($"a leaf for target {target} of {targets}");
            }

            var at = (rowOf[node] * targets) + target;
            table[at] = function switch { "MIN" => Math.Min(table[at], weight), "MAX" => Math.Max(table[at], weight), _ => table[at] + weight };
            touched[at] = 1;
        }

        rows = AttributeTensor.Of([.. Enumerable.Range(0, nodes.Branches.Length).Select(node => (long)rowOf.GetValueOrDefault(node))], nodes.Branches.Length);
        weights = AttributeTensor.Of(table, rowOf.Count + 1, targets);
        touches = AttributeTensor.Of(touched, rowOf.Count + 1, targets);
        this.bases = bases.Length == targets ? AttributeTensor.Of(bases, targets) : null;
    }

    private double Neutral => function switch { "MIN" => double.PositiveInfinity, "MAX" => double.NegativeInfinity, _ => 0 };

    /// <summary>Samples × targets in double precision, and which of them any leaf gave to. Belongs into a dispose scope.</summary>
    public (Tensor Totals, Tensor Touched) Of(Tensor x, ExecutionSettings settings)
    {
        var reached = rows.Tensor(settings).take(walk.Leaves(x, settings)).reshape(-1);
        Tensor Table(Value table) => table.Tensor(settings).index_select(0, reached).reshape(x.shape[0], trees, -1);
        var (given, touched) = (Table(weights), Table(touches).amax([1]).gt(Held(0)));
        var totals = function switch
        {
            "MIN" => given.amin([1]),
            "MAX" => given.amax([1]),
            "AVERAGE" => given.sum(1L).div(Held(trees)),
            _ => given.sum(1L),
        };
        totals = torch.where(touched, totals, torch.zeros_like(totals));
        return (bases is null ? totals : totals.Plus(bases.Tensor(settings)), touched);
    }
}
