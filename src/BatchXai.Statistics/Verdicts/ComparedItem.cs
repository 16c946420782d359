namespace BatchXai.Statistics.Verdicts;

/// <summary>One item as two models see it.</summary>
/// <param name="FirstFocus">κ of the first model; null: none.</param>
/// <param name="SecondFocus">κ of the second model; null: none.</param>
/// <param name="FirstCorrect">The first model predicts the label; null without a label.</param>
/// <param name="SecondCorrect">The second model predicts the label; null without a label.</param>
/// <param name="Class">Class of the item; null: none.</param>
/// <param name="Group">Group of the item; without groups a number of its own.</param>
public readonly record struct ComparedItem(
    float? FirstFocus, float? SecondFocus, bool? FirstCorrect, bool? SecondCorrect, string? Class, int Group);
