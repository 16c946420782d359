using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Report;

namespace BatchXai.Coordinator.Compare;

/// <summary>A comparison in plain sentences.</summary>
internal static class ComparisonWords
{
    private const int MostClasses = 5;

    /// <summary>What was found, the most general first.</summary>
    public static IReadOnlyList<string> Findings(ComparisonReport report) =>
    [
        .. report.Focus.Select(Focus),
        .. report.Focus.SelectMany(focus => Classes($"{Wording.Method(focus.Method)} focus", focus.Kappa.Classes, Wording.Number)),
        Accuracy(report.Accuracy.All),
        .. Classes("Accuracy", report.Accuracy.Classes, Wording.Percent),
        .. report.Focus.Count == 0 ? ["No item has a usable heatmap with an object mark from both models, so nothing is said on focus."] : Array.Empty<string>(),
    ];

    /// <summary>What it cannot say.</summary>
    public static IReadOnlyList<string> Limits(AuditPlan first, AuditPlan second, bool grouped) =>
    [
        "This compares two checkpoints. Whether one way of training is better than another takes several checkpoints of each, trained with other seeds.",
        "Higher focus means more attention on the object than before, not proof that the background is no longer used; the causal tests in each audit’s report speak of that.",
        grouped
            ? "κ is compared over groups; the tests on accuracy regard items as independent."
            : "Items are regarded as independent. Images of the same patient, video or photographer make the intervals too narrow.",
        .. first.Request.Targets == TargetChoice.Both || second.Request.Targets == TargetChoice.Both
            ? ["With targets \"both\" heatmaps of the label are made for misclassified items only: those figures speak of items that both models get wrong."]
            : Array.Empty<string>(),
        .. first.Model.Hash == second.Model.Hash ? ["Both audits have the same model file; only their settings can make a difference."] : Array.Empty<string>(),
    ];

    /// <summary>What a change is called.</summary>
    public static string Change(ComparedChange change) => change switch
    {
        ComparedChange.Equivalent => "equivalent",
        ComparedChange.Higher => "higher",
        ComparedChange.Lower => "lower",
        ComparedChange.Undecided => "undecided",
        _ => "too few",
    };

    /// <summary>The difference with its interval.</summary>
    public static string Difference(ComparedFigure figure) => figure switch
    {
        { Low: not null } => $"{Signed(figure.Difference)} ({Signed(figure.Low)} to {Signed(figure.High)})",
        { Difference: not null } => Signed(figure.Difference),
        _ => "–",
    };

    /// <summary>How the items were put together.</summary>
    public static string Items(ItemMatches items) =>
        $"{Wording.Count(items.Joined)} items are compared{(items.SameDataset ? ", all of the same dataset" : ", joined by their ids")}; "
        + $"{Wording.Count(items.OnlyFirst)} are only in the first audit, {Wording.Count(items.OnlySecond)} only in the second"
        + (items.OtherLabel > 0 ? $", and {Wording.Count(items.OtherLabel)} are left out because their labels differ." : ".");

    private static string Focus(FocusComparison focus)
    {
        var name = $"{Wording.MethodTitle(focus.Method)} ({Wording.Target(focus.Target)}, {Wording.Kind(focus.MaskKind)})";
        var figure = focus.Kappa.All;
        return figure.Change switch
        {
            ComparedChange.Higher => $"{name}: the second model looks at the object more; {Change()}.",
            ComparedChange.Lower => $"{name}: the second model looks at the object less; {Change()}.",
            ComparedChange.Equivalent => $"{name}: both models look at the object alike; κ differs by less than 0.02; {Change()}.",
            ComparedChange.Undecided => $"{name}: neither a difference in focus nor that there is none is shown; {Change()}.",
            _ => $"{name}: {Wording.Count(figure.Units)} independent items with κ from both models are too few to say anything; it takes {FigureComparer.Thresholds.MinimumUnits}.",
        };
        string Change() => $"κ {Wording.Number(figure.First)} → {Wording.Number(figure.Second)}, difference {Difference(figure)}, n = {Wording.Count(figure.Items)}";
    }

    private static string Accuracy(ComparedFigure figure)
    {
        var change = $"{Wording.Percent(figure.First)} → {Wording.Percent(figure.Second)}, difference {Difference(figure)}, n = {Wording.Count(figure.Items)}";
        return figure.Change switch
        {
            ComparedChange.Higher => $"The second model is right more often: {change}.",
            ComparedChange.Lower => $"The second model is right less often: {change}.",
            ComparedChange.Equivalent => $"Both models are right equally often, within 2 points: {change}.",
            ComparedChange.Undecided => $"Neither a difference in accuracy nor that there is none is shown: {change}.",
            _ => $"{Wording.Count(figure.Items)} items with a label from both are too few to compare accuracy.",
        };
    }

    private static IEnumerable<string> Classes(string what, IReadOnlyList<ClassComparison> classes, Func<double?, string> write) =>
        from change in new[] { ComparedChange.Lower, ComparedChange.Higher }
        let changed = classes.Where(row => row.Figure.Change == change).OrderByDescending(row => Math.Abs(row.Figure.Difference ?? 0)).ToList()
        where changed.Count > 0
        let named = changed.Take(MostClasses).Select(row => $"{row.Class} ({write(row.Figure.First)} → {write(row.Figure.Second)})")
        select $"{what} is {Change(change)} in {changed.Count} of {classes.Count} classes: {string.Join(", ", named)}{(changed.Count > MostClasses ? $" and {changed.Count - MostClasses} more" : "")}.";

    private static string Signed(double? value) => value > 0 && Wording.Number(value) != "0.00" ? "+" + Wording.Number(value) : Wording.Number(value);
}
