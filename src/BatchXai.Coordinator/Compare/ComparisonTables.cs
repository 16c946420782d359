using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Report;

namespace BatchXai.Coordinator.Compare;

/// <summary>The figures of a comparison as rows, the same for page and Markdown.</summary>
internal static class ComparisonTables
{
    /// <summary>The columns, after the name.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["n", "First", "Second", "Difference", "p", "Conclusion"];

    /// <summary>The figures over all items.</summary>
    public static IReadOnlyList<ComparisonRow> All(ComparisonReport report) =>
    [
        .. report.Focus.Select(focus => Row(Name(focus), focus.Kappa.All, Wording.Number)),
        Row("Accuracy", report.Accuracy.All, Wording.Percent),
    ];

    /// <summary>The figures of classes, a table for each figure.</summary>
    public static IReadOnlyList<(string Title, IReadOnlyList<ComparisonRow> Rows)> Classes(ComparisonReport report) =>
    [
        .. report.Focus.Select(focus => (Name(focus), Rows(focus.Kappa, Wording.Number))),
        .. report.Accuracy.Classes.Count > 0 ? [("Accuracy", Rows(report.Accuracy, Wording.Percent))] : Array.Empty<(string, IReadOnlyList<ComparisonRow>)>(),
    ];

    private static IReadOnlyList<ComparisonRow> Rows(FigureComparison comparison, Func<double?, string> write) =>
        [.. comparison.Classes.Select(row => Row(row.Class, row.Figure, write))];

    private static string Name(FocusComparison focus) => $"Focus κ, {Wording.Method(focus.Method)} ({Wording.Target(focus.Target)}, {Wording.Kind(focus.MaskKind)})";

    private static ComparisonRow Row(string name, ComparedFigure figure, Func<double?, string> write) => new(
        name,
        [
            Wording.Count(figure.Items), write(figure.First), write(figure.Second), ComparisonWords.Difference(figure),
            figure.AdjustedP is { } p ? Wording.P(p) : "–", ComparisonWords.Change(figure.Change),
        ],
        figure.Change is ComparedChange.TooFew);
}

/// <summary>One line of figures.</summary>
/// <param name="Name">What or whose they are.</param>
/// <param name="Cells">Number, both figures, their difference, p and conclusion, written for people.</param>
/// <param name="Unsure">Too few items to say anything.</param>
public sealed record ComparisonRow(string Name, IReadOnlyList<string> Cells, bool Unsure);
