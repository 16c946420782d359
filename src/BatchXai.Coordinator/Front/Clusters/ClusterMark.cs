using BatchXai.Coordinator.Report;

namespace BatchXai.Coordinator.Front.Clusters;

/// <summary>How a group is told apart in a picture: by letter, shape and colour, so that nobody needs the colour.</summary>
internal static class ClusterMark
{
    /// <summary>Relative SVG paths about the mark's centre, of about the same area. The first is for heatmaps without groups, too.</summary>
    private static readonly string[] Shapes =
    [
        "m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z", "m-4-4h8v8h-8z", "m0-5.5l5 9h-10z", "m0-5.5l5.5 5.5-5.5 5.5-5.5-5.5z",
        "m-1.6-5.2h3.2v3.6h3.6v3.2h-3.6v3.6h-3.2v-3.6h-3.6v-3.2h3.6z", "m0 5.5l5-9h-10z", "m-2.6-4.6h5.2l2.6 4.6-2.6 4.6h-5.2l-2.6-4.6z", "m-5.2-3h10.4v6h-10.4z",
    ];

    /// <summary>Its letter: A is the largest group.</summary>
    public static string Letter(int cluster) => $"{(char)('A' + cluster)}";

    /// <summary>Class of its colour.</summary>
    public static string Colour(int? cluster) => $"group-{cluster ?? 0}";

    /// <summary>Its shape at a place.</summary>
    public static string Path(int? cluster, double x, double y) => $"M{Wording.Svg(x)} {Wording.Svg(y)}{Shapes[cluster ?? 0]}";
}
