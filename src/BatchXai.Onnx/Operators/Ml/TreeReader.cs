using System.Runtime.InteropServices;

namespace BatchXai.Onnx.Operators;

/// <summary>Reads the trees of TreeEnsembleClassifier and TreeEnsembleRegressor (nodes named by tree and number) and of TreeEnsemble (nodes by position, leaves apart).</summary>
internal static class TreeReader
{
    /// <param name="node">The ensemble.</param>
    /// <param name="side"><c>class</c> or <c>target</c>: how the attributes of leaves begin.</param>
    public static TreeNodes ByNumber(OnnxNode node, string side)
    {
        var (trees, numbers) = (Ints(node, "nodes_treeids"), Ints(node, "nodes_nodeids"));
        var positions = Enumerable.Range(0, trees.Length).ToDictionary(i => (trees[i], numbers[i]));
        var branches = node.Attributes["nodes_modes"].Texts.Select(Branch).ToArray();
        var missing = node.Ints("nodes_missing_value_tracks_true") ?? [];
        long[] Next(string name) => [.. Ints(node, name).Select((number, i) => branches[i] == TreeBranch.Leaf ? i : Position((trees[i], number)))];
        long Position((long Tree, long Number) key) => positions.TryGetValue(key, out var found) ? found : throw new NotSupportedException($"a tree without its node {key.Number}");

        var (yes, no) = (Next("nodes_truenodeids"), Next("nodes_falsenodeids"));
        var leafNodes = Ints(node, $"{side}_treeids").Zip(Ints(node, $"{side}_nodeids"), (tree, number) => Position((tree, number)));
        var weights = Numbers(node, $"{side}_weights");
        return new TreeNodes(
            branches,
            [.. Ints(node, "nodes_featureids").Select((feature, i) => branches[i] == TreeBranch.Leaf ? 0 : feature)],
            Numbers(node, "nodes_values"),
            yes,
            no,
            [.. branches.Select((_, i) => i < missing.Length && missing[i] != 0)],
            Roots(trees, branches, yes, no),
            [.. leafNodes.Zip(Ints(node, $"{side}_ids")).Select((leaf, i) => (leaf.First, leaf.Second, weights[i]))],
            new Dictionary<int, double[]>());
    }

    public static TreeNodes ByPosition(OnnxNode node)
    {
        var modes = Require(node, "nodes_modes").Data.ToArray();
        var inner = modes.Length;
        var (targets, weights) = (Ints(node, "leaf_targetids"), Doubles(Require(node, "leaf_weights")));
        long[] Next(string name, string isLeaf) => [.. Ints(node, name).Zip(Ints(node, isLeaf), (next, leaf) => leaf != 0 ? inner + next : next), .. targets.Select((_, i) => (long)(inner + i))];
        var missing = node.Ints("nodes_missing_value_tracks_true") ?? [];
        TreeBranch[] branches = [.. modes.Select(mode => (TreeBranch)mode), .. targets.Select(_ => TreeBranch.Leaf)];
        return new TreeNodes(
            branches,
            [.. Ints(node, "nodes_featureids"), .. targets.Select(_ => 0L)],
            [.. Doubles(Require(node, "nodes_splits")), .. targets.Select(_ => 0.0)],
            Next("nodes_truenodeids", "nodes_trueleafs"),
            Next("nodes_falsenodeids", "nodes_falseleafs"),
            [.. branches.Select((_, i) => i < missing.Length && missing[i] != 0)],
            Ints(node, "tree_roots"),
            [.. targets.Select((target, i) => ((long)(inner + i), target, weights[i]))],
            Members(modes, node.Tensor("membership_values") is { } values ? Doubles(values) : []));
    }

    /// <summary>A list of numbers, or the tensor of the same name that double precision needs.</summary>
    public static double[] Numbers(OnnxNode node, string name)
        => node.Tensor($"{name}_as_tensor") is { } tensor ? Doubles(tensor) : [.. (node.Floats(name) ?? []).Select(value => (double)value)];

    private static double[] Doubles(OnnxTensor tensor) => tensor.ElementType == OnnxElementType.Double
        ? MemoryMarshal.Cast<byte, double>(tensor.Data.Span).ToArray()
        : [.. tensor.ToSingle().Select(value => (double)value)];

    // The sets follow each other in the order of their nodes, each ended by NaN.
    private static Dictionary<int, double[]> Members(byte[] modes, double[] values)
    {
        var sets = new Dictionary<int, double[]>();
        var next = 0;
        foreach (var node in Enumerable.Range(0, modes.Length).Where(node => (TreeBranch)modes[node] == TreeBranch.Member))
        {
            sets[node] = [.. values.Skip(next).TakeWhile(value => !double.IsNaN(value))];
            next += sets[node].Length + 1;
        }

        return sets;
    }

    // A tree's root is the node that none of its nodes leads to.
    private static long[] Roots(long[] trees, TreeBranch[] branches, long[] yes, long[] no)
    {
        var reached = Enumerable.Range(0, branches.Length).Where(i => branches[i] != TreeBranch.Leaf).SelectMany(i => new[] { yes[i], no[i] }).ToHashSet();
        return [.. Enumerable.Range(0, trees.Length).GroupBy(i => trees[i])
            .Select(tree => (long)tree.Where(i => !reached.Contains(i)).DefaultIfEmpty(-1).First())
            .Select(root => root >= 0 ? root : throw new NotSupportedException("a tree without a root"))];
    }

    private static TreeBranch Branch(string mode) => mode switch
    {
        "BRANCH_LEQ" => TreeBranch.AtMost,
        "BRANCH_LT" => TreeBranch.Below,
        "BRANCH_GTE" => TreeBranch.AtLeast,
        "BRANCH_GT" => TreeBranch.Above,
        "BRANCH_EQ" => TreeBranch.Equal,
        "BRANCH_NEQ" => TreeBranch.NotEqual,
        "LEAF" => TreeBranch.Leaf,
        _ => throw new NotSupportedException($"a node of kind {mode}"),
    };

    private static long[] Ints(OnnxNode node, string name) => node.Ints(name) ?? throw new NotSupportedException($"no {name}");

    private static OnnxTensor Require(OnnxNode node, string name) => node.Tensor(name) ?? throw new NotSupportedException($"no {name}");
}
