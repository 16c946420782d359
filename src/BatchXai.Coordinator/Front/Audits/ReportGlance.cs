using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Reports;

namespace BatchXai.Coordinator.Front.Audits;

/// <summary>What a list shows of a report: a few members of report.json, read without the rest.</summary>
public sealed record ReportGlance
{
    /// <summary>The finding, and which figures it quotes.</summary>
    public required ReportHeadline Headline { get; init; }

    /// <summary>The verdict; null: a report from before there were any.</summary>
    public VerdictGlance? Verdict { get; init; }

    /// <summary>The model.</summary>
    public required ModelGlance Model { get; init; }

    /// <summary>The dataset.</summary>
    public required ReportDataset Dataset { get; init; }

    /// <summary>What was asked for.</summary>
    public required RequestGlance Request { get; init; }

    /// <summary>Share of correct predictions among the items whose label maps to an output.</summary>
    public required Proportion Accuracy { get; init; }

    /// <summary>The methods, in the order of the request.</summary>
    public required IReadOnlyList<MethodGlance> Methods { get; init; }

    /// <summary>The causal tests; null: none was made.</summary>
    public CausalGlance? Causal { get; init; }

    /// <summary>The focus that the finding quotes; null: no usable mask.</summary>
    public MeanFigure? Focus => Methods.FirstOrDefault(method => method.Method == Headline.Method && method.Target == Headline.Target)
        ?.Focus.FirstOrDefault(figures => figures.MaskKind == Headline.MaskKind)?.Focus;

    /// <summary>The causal tests with each fill, on the kind of mask that comes first.</summary>
    public IReadOnlyList<CausalFigures> Tests => Causal is { Figures: [var first, ..] all } ? [.. all.Where(figures => figures.MaskKind == first.MaskKind)] : [];
}

/// <summary>A model's content alone.</summary>
/// <param name="Hash">SHA-256 of the file, lower-case hexadecimal.</param>
public sealed record ModelGlance(string Hash);

/// <summary>What of a request decides whether two focus figures mean the same.</summary>
/// <param name="Objective">The quantity whose evidence the heatmaps show.</param>
public sealed record RequestGlance(Objective Objective);

/// <summary>A verdict's answer alone.</summary>
/// <param name="State">The answer.</param>
/// <param name="Sentence">The answer in one sentence.</param>
public sealed record VerdictGlance(VerdictState State, string Sentence);

/// <summary>A method's focus alone.</summary>
/// <param name="Method">Name of the method.</param>
/// <param name="Target">"predicted" or "label".</param>
/// <param name="Focus">Focus for each kind of mask that occurs.</param>
public sealed record MethodGlance(string Method, string Target, IReadOnlyList<FocusFigures> Focus);

/// <summary>The figures of causal tests alone.</summary>
/// <param name="Figures">Figures for each kind of mask and fill that occurs.</param>
public sealed record CausalGlance(IReadOnlyList<CausalFigures> Figures);
