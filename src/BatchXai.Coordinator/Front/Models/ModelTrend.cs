using BatchXai.Contracts.Reports;
using BatchXai.Coordinator.Front.Audits;

namespace BatchXai.Coordinator.Front.Models;

/// <summary>The finished audits of a model's versions in time order.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Entries">The audits, oldest first.</param>
/// <param name="HasOlder">Older ones are left out.</param>
/// <param name="Troubles">Why other audits are not shown.</param>
public sealed record ModelTrend(string Name, IReadOnlyList<TrendEntry> Entries, bool HasOlder, IReadOnlyList<string> Troubles)
{
    /// <summary>Puts audits of one model in time order.</summary>
    public static ModelTrend Of(string name, AuditEntryPage found)
    {
        ArgumentNullException.ThrowIfNull(found);
        var audits = found.Entries.Reverse().ToList();
        var known = audits.Select(SettingsOf).OfType<TrendSettings>().Distinct().ToList();
        return new(
            name, [.. audits.Select(audit => SettingsOf(audit) is { } settings ? new TrendEntry(audit, LetterOf(known.IndexOf(settings))) : new(audit, null))],
            found.Next is not null, found.Troubles);
    }

    /// <summary>How many series of comparable audits there are.</summary>
    public int Series => Entries.Select(entry => entry.Series).OfType<string>().Distinct().Count();

    /// <summary>The audit before this one whose figures mean the same; null: there is none.</summary>
    public TrendEntry? Before(TrendEntry entry) => entry.Series is null ? null : Entries.TakeWhile(other => other != entry).LastOrDefault(other => other.Series == entry.Series);

    private static TrendSettings? SettingsOf(AuditEntry audit) =>
        audit.Report is { } report ? new(report.Dataset.Hash, $"{report.Request.Objective}", report.Headline.Method, report.Headline.Target, $"{report.Headline.MaskKind}") : null;

    private static string LetterOf(int place) => place < 26 ? $"{(char)('A' + place)}" : FormattableString.Invariant($"{place + 1}");

    private sealed record TrendSettings(string Dataset, string Objective, string? Method, string? Target, string MaskKind);
}

/// <summary>One audit of a trend.</summary>
/// <param name="Audit">The audit, with what its report says.</param>
/// <param name="Series">Letter of the audits with the same dataset and the same settings, which alone can be compared; null: its report is gone.</param>
public sealed record TrendEntry(AuditEntry Audit, string? Series)
{
    /// <summary>The focus that its finding quotes.</summary>
    public MeanFigure? Focus => Audit.Report?.Focus;

    /// <summary>Net flips that all ways of filling show: the smallest; null: some show none.</summary>
    public DifferenceFigure? NetFlips => Smallest(figures => figures.NetFlipRate);

    /// <summary>BG-gap that all ways of filling show: the smallest; null: some show none.</summary>
    public DifferenceFigure? BackgroundGap => Smallest(figures => figures.BackgroundGap);

    private DifferenceFigure? Smallest(Func<CausalFigures, DifferenceFigure> of) =>
        Audit.Report?.Tests.Select(of).ToList() is { Count: > 0 } all && all.TrueForAll(figure => figure.Value is not null) ? all.MinBy(figure => figure.Value) : null;
}

/// <summary>A figure of one audit in a chart.</summary>
/// <param name="Place">Place of the audit in time, from 0.</param>
/// <param name="Series">Letter of the audits that it can be compared with.</param>
/// <param name="Value">The figure.</param>
/// <param name="Low">Lower bound; null: too few items for an interval.</param>
/// <param name="High">Upper bound.</param>
public sealed record TrendPoint(int Place, string Series, double Value, double? Low, double? High);
