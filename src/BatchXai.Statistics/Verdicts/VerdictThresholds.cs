namespace BatchXai.Statistics.Verdicts;

/// <summary>The limits of every rule. The defaults are those of the documentation; a gate may set others.</summary>
public sealed record VerdictThresholds
{
    /// <summary>Independent units below which nothing is judged.</summary>
    public long MinimumUnits { get; init; } = MinimumSupport.Verdict;

    /// <summary>Share of heatmaps that must be usable, 0 … 1.</summary>
    public double UsableMaps { get; init; } = 0.9;

    /// <summary>Mean E₀ above which location and object cannot be told apart, 0 … 1.</summary>
    public double LocationConfounded { get; init; } = 0.6;

    /// <summary>FAIL above this accuracy(mixed_same) − accuracy(mixed_rand), a share.</summary>
    public double BackgroundGap { get; init; } = 0.1;

    /// <summary>FAIL above this flip rate(mixed_rand) − flip rate(placebo), a share.</summary>
    public double NetFlipRate { get; init; } = 0.2;

    /// <summary>FAIL above this accuracy without the object − chance, a share.</summary>
    public double NoObjectExcess { get; init; } = 0.15;

    /// <summary>WARN from this share of the three limits on, 0 … 1.</summary>
    public double WarnShare { get; init; } = 0.5;

    /// <summary>Flip rate of the placebo above which pasting itself disturbs the model too much to show that anything is absent.</summary>
    public double PlaceboFlips { get; init; } = 0.2;

    /// <summary>
    /// Mean confidence from which on a model that is no better than chance is judged all the same: it has learnt something, if not what the labels say. A
    /// model that only reads backgrounds is at chance where backgrounds and classes are independent.
    /// </summary>
    public double Confident { get; init; } = 0.5;

    /// <summary>κ that must be exceeded for maps to say that the model looks at the object; WARN when κ lies wholly below.</summary>
    public double FocusFloor { get; init; }

    /// <summary>κ below which focus is low, in the reading of train against validation.</summary>
    public double LowFocus { get; init; } = 0.1;

    /// <summary>κ above which focus is high: the maps then contradict causal tests that find the background used.</summary>
    public double HighFocus { get; init; } = 0.5;

    /// <summary>False discovery rate q of class flags and of comparisons by class.</summary>
    public double FalseDiscoveryRate { get; init; } = 0.05;

    /// <summary>Effect that a class flag needs: Cliff's δ at or below this …</summary>
    public double CliffDelta { get; init; } = -0.33;

    /// <summary>… or mean κ of the class − mean κ of the others at or below this.</summary>
    public double FocusDifference { get; init; } = -0.1;

    /// <summary>Accuracy on training items − accuracy on validation items above which the gap is large, a share.</summary>
    public double AccuracyGap { get; init; } = 0.05;

    /// <summary>Difference of two models in mean κ, or in accuracy, that would not matter.</summary>
    public double EquivalenceMargin { get; init; } = 0.02;

    /// <summary>Type I error of a single comparison of two models.</summary>
    public double Alpha { get; init; } = 0.05;
}
