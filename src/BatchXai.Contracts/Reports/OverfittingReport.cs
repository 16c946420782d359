using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Results;

namespace BatchXai.Contracts.Reports;

/// <summary>
/// The whole finding of one audit: <c>report.json</c>, and the only source of the report's page. Shares are 0 … 1. Null means: not defined or too
/// few items, never 0. Every mean is a mean of per-item ratios and has its n beside it.
/// </summary>
public sealed record OverfittingReport
{
    /// <summary>Version of this shape. Raised when a member changes its meaning or goes; new members do not raise it, and are empty or null in a report from before.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>Version of this shape.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>The audit.</summary>
    public required Guid AuditId { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>When the report was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The finding in plain words.</summary>
    public required ReportHeadline Headline { get; init; }

    /// <summary>The model.</summary>
    public required ReportModel Model { get; init; }

    /// <summary>The dataset.</summary>
    public required ReportDataset Dataset { get; init; }

    /// <summary>The request, with every path absolute.</summary>
    public required AuditRequest Request { get; init; }

    /// <summary>Items by outcome, every outcome listed. With <see cref="Unaccounted"/> they add up to the dataset's items.</summary>
    public required IReadOnlyDictionary<ItemOutcome, long> Outcomes { get; init; }

    /// <summary>Items of the manifest that have no result; 0 in a complete audit.</summary>
    public required long Unaccounted { get; init; }

    /// <summary>Share of correct predictions among the items whose label maps to an output, all splits together.</summary>
    public required Proportion Accuracy { get; init; }

    /// <summary>Figures for each method × target, methods in the order of the request.</summary>
    public required IReadOnlyList<MethodFigures> Methods { get; init; }

    /// <summary>One row for each class × method × target: enough items first, lowest focus first among them.</summary>
    public required IReadOnlyList<ClassFigures> Classes { get; init; }

    /// <summary>One row for each split × method × target.</summary>
    public required IReadOnlyList<SplitFigures> Splits { get; init; }

    /// <summary>What single classes look at that the others do not, by zones, for each method × target in the order of <see cref="Methods"/>.</summary>
    public IReadOnlyList<ZoneComparison> ZoneComparisons { get; init; } = [];

    /// <summary>Training held against validation; null: the audit does not have one split of each.</summary>
    public SplitReadingFigures? SplitReading { get; init; }

    /// <summary>The verdict on all items; where training is held against validation, on all but the training items.</summary>
    public VerdictFigures? Verdict { get; init; }

    /// <summary>The verdicts on the labelled classes: the gravest first, the least focused first among equals.</summary>
    public IReadOnlyList<ClassVerdict> ClassVerdicts { get; init; } = [];

    /// <summary>What changing the background did to the predictions; null: no causal test was made.</summary>
    public CausalReport? Causal { get; init; }

    /// <summary>Answers that the background of another class turns, with pictures; null: no causal test was made, or no pictures were wanted.</summary>
    public TurnedAnswers? TurnedAnswers { get; init; }

    /// <summary>Whether the heatmaps say anything about the model, on a few items; null: not tested.</summary>
    public SanityResult? Sanity { get; init; }

    /// <summary>Mean heatmaps by class, of the first method × target; null when no heatmap is stored.</summary>
    public MeanMaps? MeanMaps { get; init; }

    /// <summary>Groups of alike heatmaps within classes, of the first method × target; null when no heatmap is stored.</summary>
    public MapClusters? Clusters { get; init; }

    /// <summary>Items worth looking at, in the order in which they should be looked at.</summary>
    public required IReadOnlyList<ListedItem> Listed { get; init; }

    /// <summary>Seconds by stage, summed over all workers.</summary>
    public required IReadOnlyDictionary<string, double> StageSeconds { get; init; }

    /// <summary>The device that ran the model.</summary>
    public required string Device { get; init; }

    /// <summary>Component → version.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>Purpose → seed of every random choice.</summary>
    public required IReadOnlyDictionary<string, long> Seeds { get; init; }

    /// <summary>What planning and inspection warned of, in plain words.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>What this report cannot see, in plain sentences.</summary>
    public required IReadOnlyList<string> Limits { get; init; }
}
