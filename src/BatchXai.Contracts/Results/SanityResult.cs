namespace BatchXai.Contracts.Results;

/// <summary>Whether the heatmaps of an audit say anything about its model, on a few items: <c>sanity.json</c>. Null means: not defined.</summary>
public sealed record SanityResult
{
    /// <summary>Version of this shape. Raised when a member changes its meaning or goes; new members do not raise it.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>Version of this shape.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>Items that were looked at.</summary>
    public required int Items { get; init; }

    /// <summary>Why some check could not be made, in plain words; null: all were.</summary>
    public string? Problem { get; init; }

    /// <summary>How maps change when weights are drawn anew, for each method, the fewest layers first; empty: the model's weights cannot be reached.</summary>
    public IReadOnlyList<RedrawnWeights> Redrawn { get; init; } = [];

    /// <summary>Deletion and insertion for each method, and for random maps.</summary>
    public IReadOnlyList<MapCurves> Curves { get; init; } = [];

    /// <summary>What maps score that know nothing of the model.</summary>
    public IReadOnlyList<ControlMap> Controls { get; init; } = [];
}

/// <summary>How a method's maps change when weights are drawn anew.</summary>
/// <param name="Method">The method.</param>
/// <param name="Layers">Share of the layers, from the top, whose weights were drawn anew, 0 … 1.</param>
/// <param name="Items">Items with a map before and after.</param>
/// <param name="Compared">Of those, items neither of whose maps is the same everywhere.</param>
/// <param name="Fails">The maps are as good as the same (similarity above .5), or no more disordered than before (rise of 0 or less).</param>
/// <param name="Similarity">Mean rank correlation of the maps before and after, −1 … 1; null: none compared.</param>
/// <param name="ComplexityRise">eMPRT, ≥ −1; null: maps of fewer than 100 cells.</param>
public sealed record RedrawnWeights(string Method, double Layers, int Items, int Compared, bool Fails, double? Similarity = null, double? ComplexityRise = null);

/// <summary>Areas under the deletion and insertion curves of one method, means over items.</summary>
/// <param name="Method">The method; <c>random</c>: maps of random values.</param>
/// <param name="Items">Items with a map.</param>
/// <param name="Deletion">0 … 1; low is good.</param>
/// <param name="Insertion">0 … 1; high is good.</param>
public sealed record MapCurves(string Method, int Items, double Deletion, double Insertion);

/// <summary>What a map scores that knows nothing of the model.</summary>
/// <param name="Map"><c>random</c>: independent values; <c>edges</c>: edges of the image.</param>
/// <param name="Method">The method at whose grid it is.</param>
/// <param name="Items">Items with a usable mask.</param>
/// <param name="Focus">Mean κ; null: no item.</param>
public sealed record ControlMap(string Map, string Method, int Items, double? Focus = null);
