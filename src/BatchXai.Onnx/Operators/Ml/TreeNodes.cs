namespace BatchXai.Onnx.Operators;

/// <summary>How a node of a tree compares a feature with its value; the numbers are those of TreeEnsemble.</summary>
internal enum TreeBranch
{
    /// <summary>feature ≤ value.</summary>
    AtMost = 0,

    /// <summary>feature &lt; value.</summary>
    Below = 1,

    /// <summary>feature ≥ value.</summary>
    AtLeast = 2,

    /// <summary>feature > value.</summary>
    Above = 3,

    /// <summary>feature = value.</summary>
    Equal = 4,

    /// <summary>feature ≠ value.</summary>
    NotEqual = 5,

    /// <summary>feature is one of a set of values.</summary>
    Member = 6,

    /// <summary>The end of a path.</summary>
    Leaf = 7,
}

/// <summary>The trees of a file in one form: nodes by position, with their children's positions and what leaves give to targets.</summary>
/// <param name="Branches">Kind of each node.</param>
/// <param name="Features">Feature that each node looks at.</param>
/// <param name="Splits">Value that it compares with.</param>
/// <param name="True">Next node when the comparison holds; a leaf's own position.</param>
/// <param name="False">Next node when it does not.</param>
/// <param name="MissingIsTrue">Whether NaN goes the way of true.</param>
/// <param name="Roots">First node of each tree.</param>
/// <param name="Contributions">What leaves give: node, target, weight.</param>
/// <param name="Members">The sets of nodes of kind <see cref="TreeBranch.Member"/>.</param>
internal sealed record TreeNodes(
    TreeBranch[] Branches,
    long[] Features,
    double[] Splits,
    long[] True,
    long[] False,
    bool[] MissingIsTrue,
    long[] Roots,
    IReadOnlyList<(long Node, long Target, double Weight)> Contributions,
    IReadOnlyDictionary<int, double[]> Members)
{
    /// <summary>Comparisons on the longest path.</summary>
    /// <exception cref="NotSupportedException">A path comes back to where it was.</exception>
    public int Depth()
    {
        var (level, depth) = (Roots.Distinct().ToList(), 0);
        while (level.Exists(node => Branches[node] != TreeBranch.Leaf))
        {
            level = [.. level.Where(node => Branches[node] != TreeBranch.Leaf).SelectMany(node => new[] { True[node], False[node] }).Distinct()];
            depth++;
            if (depth > Branches.Length)
            {
                throw new NotSupportedException("a tree whose nodes form a circle");
            }
        }

        return depth;
    }
}
