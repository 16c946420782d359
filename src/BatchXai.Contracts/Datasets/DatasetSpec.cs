namespace BatchXai.Contracts.Datasets;

/// <summary>Where the images, labels and masks are.</summary>
public sealed record DatasetSpec
{
    /// <summary>
    /// A folder with one sub-folder a class (or <c>split/class</c>), a flat folder of unlabelled images,
    /// or a manifest file: <c>.csv</c> or <c>.jsonl</c> with columns path, label, split, mask, boxes, group and any metadata.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>Folder parallel to the images: the mask of <c>a/b.jpg</c> is <c>a/b.png</c>. Null: masks from the manifest, or none.</summary>
    public string? Masks { get; init; }

    /// <summary>CSV with columns class, outputs: the model outputs (space-separated numbers; may be empty) that a class maps to.
    /// Null: a class maps to the output of the same name, or, without labels, to its place in sorted order.</summary>
    public string? ClassMap { get; init; }

    /// <summary>Only items of this split; null: all.</summary>
    public string? Split { get; init; }

    /// <summary>Only the item with this id is explained; null: all. Chance and the backgrounds of its causal tests still come from all items, so that it ends as in an audit of them.</summary>
    public string? Item { get; init; }
}
