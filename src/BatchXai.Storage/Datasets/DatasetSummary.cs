namespace BatchXai.Storage.Datasets;

/// <summary>What a dataset holds and what a person should know about it. Covers the chosen split, or everything.</summary>
public sealed record DatasetSummary
{
    /// <summary>How the dataset is laid out.</summary>
    public required DatasetFormat Format { get; init; }

    /// <summary>Items that will be read, at least one.</summary>
    public required long Items { get; init; }

    /// <summary>Splits by name, in ordinal order; one called "all" when the dataset has none.</summary>
    public required IReadOnlyList<SplitSummary> Splits { get; init; }

    /// <summary>Items whose mask file exists.</summary>
    public required long Masks { get; init; }

    /// <summary>Items with at least one box.</summary>
    public required long Boxes { get; init; }

    /// <summary>What is odd but does not stop an audit, in plain words; empty when nothing.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

/// <summary>One split.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Items">Items in it.</param>
/// <param name="Classes">Its classes, in ordinal order of their labels; unlabelled items first.</param>
public sealed record SplitSummary(string Name, long Items, IReadOnlyList<ClassSummary> Classes);

/// <summary>One class of one split.</summary>
/// <param name="Label">Class name; null: the unlabelled items.</param>
/// <param name="Items">Items in it.</param>
/// <param name="Outputs">Model outputs that it maps to; null: unlabelled or unmapped; empty: mapped to nothing.</param>
public sealed record ClassSummary(string? Label, long Items, IReadOnlyList<int>? Outputs);

/// <summary>How a dataset is laid out.</summary>
public enum DatasetFormat
{
    /// <summary><c>class/image</c>.</summary>
    ClassFolders,

    /// <summary><c>split/class/image</c>.</summary>
    SplitFolders,

    /// <summary>Unlabelled images in one folder.</summary>
    FlatFolder,

    /// <summary>A CSV manifest (RFC 4180, UTF-8).</summary>
    Csv,

    /// <summary>A JSON Lines manifest.</summary>
    JsonLines,
}
