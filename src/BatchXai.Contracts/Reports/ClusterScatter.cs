namespace BatchXai.Contracts.Reports;

/// <summary>The heatmaps that were looked at for groups, laid out in a plane, class by class: <c>clusters.json</c> beside the report. Their figures by group are here for every class.</summary>
public sealed record ClusterScatter
{
    /// <summary>The version that this program writes.</summary>
    public const int Current = 1;

    /// <summary>Version of this form. Members may be added within a version; a changed meaning raises it.</summary>
    public int SchemaVersion { get; init; } = Current;

    /// <summary>Name of the method.</summary>
    public required string Method { get; init; }

    /// <summary>"predicted" or "label".</summary>
    public required string Target { get; init; }

    /// <summary>Rows of the grid that heatmaps were compared on.</summary>
    public required int Height { get; init; }

    /// <summary>Columns of that grid.</summary>
    public required int Width { get; init; }

    /// <summary>Every class whose heatmaps were clustered, at most 100: those with groups in the order of the report, then the others by name.</summary>
    public required IReadOnlyList<ClassScatter> Classes { get; init; }
}

/// <summary>The clustered heatmaps of one class. Lists of the same length: an entry each.</summary>
public sealed record ClassScatter
{
    /// <summary>Class name: the items' label.</summary>
    public required string Class { get; init; }

    /// <summary>Stability of the groups that were found; null: the heatmaps are one group. Below .6 the groups are not kept.</summary>
    public double? Stability { get; init; }

    /// <summary>The groups with their figures; null: one group, or none that is found again.</summary>
    public ClassClusters? Groups { get; init; }

    /// <summary>The items, ascending.</summary>
    public required IReadOnlyList<long> Items { get; init; }

    /// <summary>Where each lies, 0 … 1 from left to right, to four digits: neighbours have alike heatmaps; sizes of heaps and distances between them mean nothing.</summary>
    public required IReadOnlyList<double> X { get; init; }

    /// <summary>The same from top to bottom.</summary>
    public required IReadOnlyList<double> Y { get; init; }

    /// <summary>Group of each, from 0 in the order of <see cref="Groups"/>; null where that is.</summary>
    public IReadOnlyList<int>? Cluster { get; init; }

    /// <summary>The items of a group.</summary>
    /// <param name="cluster">Its number, from 0.</param>
    public IReadOnlyList<long> ItemsOf(int cluster) => Cluster is null ? [] : [.. Items.Where((_, i) => Cluster[i] == cluster)];
}
