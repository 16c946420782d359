namespace BatchXai.Onnx.Tests.Operators;

/// <summary>Full binary trees with random comparisons, as attributes of an ensemble.</summary>
internal static class TreeSample
{
    private const int Depth = 3;
    private const int Inner = (1 << Depth) - 1;
    private const int All = (1 << (Depth + 1)) - 1;

    /// <param name="side"><c>class</c> or <c>target</c>.</param>
    /// <param name="trees">Number of trees.</param>
    /// <param name="features">Number of features.</param>
    /// <param name="modes">Kinds of comparison that the nodes take in turn.</param>
    /// <param name="targets">Targets that each leaf gives to.</param>
    /// <param name="positive">Whether all weights are positive.</param>
    public static (string, object)[] ByNumber(string side, int trees, int features, string[] modes, int[] targets, bool positive = false)
    {
        var random = new Random(trees);
        var nodes = (from tree in Enumerable.Range(0, trees) from node in Enumerable.Range(0, All) select (Tree: (long)tree, Node: (long)node)).ToArray();
        var leaves = (from node in nodes where node.Node >= Inner from target in targets select (node.Tree, node.Node, Target: (long)target)).ToArray();
        float[] Random(int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
        return
        [
            ("nodes_treeids", Array.ConvertAll(nodes, node => node.Tree)),
            ("nodes_nodeids", Array.ConvertAll(nodes, node => node.Node)),
            ("nodes_featureids", Array.ConvertAll(nodes, _ => (long)random.Next(features))),
            ("nodes_values", Random(nodes.Length)),
            ("nodes_modes", Array.ConvertAll(nodes, node => node.Node < Inner ? modes[node.Node % modes.Length] : "LEAF")),
            ("nodes_truenodeids", Array.ConvertAll(nodes, node => node.Node < Inner ? (2 * node.Node) + 1 : 0)),
            ("nodes_falsenodeids", Array.ConvertAll(nodes, node => node.Node < Inner ? (2 * node.Node) + 2 : 0)),
            ("nodes_missing_value_tracks_true", Array.ConvertAll(nodes, node => node.Node % 2)),
            ($"{side}_treeids", Array.ConvertAll(leaves, leaf => leaf.Tree)),
            ($"{side}_nodeids", Array.ConvertAll(leaves, leaf => leaf.Node)),
            ($"{side}_ids", Array.ConvertAll(leaves, leaf => leaf.Target)),
            ($"{side}_weights", Array.ConvertAll(Random(leaves.Length), weight => positive ? Math.Abs(weight) / trees : weight)),
        ];
    }
}
