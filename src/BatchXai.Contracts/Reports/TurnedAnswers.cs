using BatchXai.Contracts.Results;

namespace BatchXai.Contracts.Reports;

/// <summary>Items whose answer, right or of an item without a label, turns: another on the background of another class with every fill, and the same in every placebo.</summary>
public sealed record TurnedAnswers
{
    /// <summary>Items of which it is known, with every fill: predicted right as they are, or without a label.</summary>
    public required long Judged { get; init; }

    /// <summary>Those of them whose answer turned.</summary>
    public required long Turned { get; init; }

    /// <summary>A few of these with pictures, the surest of each class first: examples, and no measure of how often it happens.</summary>
    public required IReadOnlyList<PicturedItem> Shown { get; init; }
}
