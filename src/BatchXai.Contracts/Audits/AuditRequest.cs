using BatchXai.Contracts.Datasets;
using BatchXai.Contracts.Models;

namespace BatchXai.Contracts.Audits;

/// <summary>One audit as a person asks for it: one model, one dataset, some methods. Also the shape of <c>audit.yaml</c>.</summary>
public sealed record AuditRequest
{
    /// <summary>Name shown in reports; not unique.</summary>
    public string Name { get; init; } = "audit";

    /// <summary>The classifier to explain.</summary>
    public required ModelSpec Model { get; init; }

    /// <summary>The images to explain it on.</summary>
    public required DatasetSpec Dataset { get; init; }

    /// <summary>Names out of <see cref="MethodNames"/>; at least one, no name twice.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [MethodNames.GradCam];

    /// <summary>What is explained: the class score (default) or the training loss for the label.</summary>
    public Objective Objective { get; init; } = Objective.Score;

    /// <summary>Whose score is explained: the predicted class (default), the label, or both.</summary>
    public TargetChoice Targets { get; init; } = TargetChoice.Predicted;

    /// <summary>How much of each heatmap is stored.</summary>
    public MapStorage Maps { get; init; } = MapStorage.Pooled;

    /// <summary>Which items get a rendered overlay file.</summary>
    public OverlayChoice Overlays { get; init; } = OverlayChoice.Flagged;

    /// <summary>Which items take part in the causal tests: backgrounds swapped, blurred, objects removed. Only items with masks or boxes can.</summary>
    public CausalChoice Causal { get; init; } = CausalChoice.Sampled;

    /// <summary>Items in one shard, 1 … 10,000.</summary>
    public int ShardSize { get; init; } = 256;

    /// <summary>Images in one forward pass, 1 … 4,096. A model with a fixed batch axis runs at its own size.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Share of the workers relative to other audits that run at the same time, 1 … 100. Changes no result.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Seed of every random choice (mask bank, donors, items of the causal tests, bootstrap), so that a run can be repeated.</summary>
    public int Seed { get; init; }
}

/// <summary>The quantity whose evidence a heatmap shows.</summary>
public enum Objective
{
    /// <summary>The pre-softmax score z_c of the target class.</summary>
    Score,

    /// <summary>The training loss (categorical cross-entropy) for the label; its gradient is softmax(z) − onehot.</summary>
    Loss,
}

/// <summary>Which class is the target of a heatmap.</summary>
public enum TargetChoice
{
    /// <summary>The class with the highest score.</summary>
    Predicted,

    /// <summary>The item's label; of several outputs that a label maps to, the best-scoring one.</summary>
    Label,

    /// <summary>The predicted class for every item, and the label too for every misclassified one.</summary>
    Both,
}

/// <summary>Resolution at which heatmaps are stored. Measures are always taken before any pooling.</summary>
public enum MapStorage
{
    /// <summary>Layer maps at their own grid, pixel maps pooled to at most 56×56.</summary>
    Pooled,

    /// <summary>Every map at its own grid.</summary>
    Full,
}

/// <summary>Which items get a rendered overlay file beside the report.</summary>
public enum OverlayChoice
{
    /// <summary>No item.</summary>
    None,

    /// <summary>The items that the report shows.</summary>
    Flagged,

    /// <summary>Every item.</summary>
    All,
}

/// <summary>Which items take part in the causal tests.</summary>
public enum CausalChoice
{
    /// <summary>No item.</summary>
    Off,

    /// <summary>About 2,000 of the items with masks or boxes, drawn by the seed; all when there are fewer.</summary>
    Sampled,

    /// <summary>Every item with a mask or boxes.</summary>
    Full,
}
