using System.Runtime.InteropServices;
using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Statistics;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>Focus of the usable heatmaps of one scope × method × target × kind of mask. Keeps κ of each heatmap (4 bytes) for median and bootstrap.</summary>
internal sealed class FocusAccumulator(MaskKind kind)
{
    /// <summary>Mean E₀ above which location and object cannot be told apart.</summary>
    public const double ConfoundedChance = 0.6;

    private readonly List<float> focus = [];
    private readonly List<int> groups = [];
    private readonly RunningMean meanFocus = new();
    private readonly RunningMean background = new();
    private readonly RunningMean backgroundByChance = new();
    private readonly RunningMean chanceEnergy = new();
    private readonly RunningMean lift = new();
    private readonly RunningMean liftByChance = new();
    private readonly RunningMean pointing = new();
    private readonly RunningMean pointingByChance = new();
    private long usable;
    private long belowChance;

    /// <summary>κ of each heatmap that has one.</summary>
    public float[] Values => [.. focus];

    /// <summary>Group of each of these heatmaps.</summary>
    public int[] Groups => [.. groups];

    public void Add(FocusMeasures measures, int group)
    {
        usable++;
        if (measures.Focus is { } kappa)
        {
            focus.Add((float)kappa);
            groups.Add(group);
            meanFocus.Add(kappa);
            belowChance += kappa < 0 ? 1 : 0;
        }

        chanceEnergy.Add(measures.ChanceEnergy);
        AddBeside(background, measures.BackgroundAttention, backgroundByChance, 1 - measures.ObjectArea);
        AddBeside(lift, measures.Lift, liftByChance, 1);
        AddBeside(pointing, measures.PointingGame, pointingByChance, measures.PointingGameByChance);
    }

    public FocusFigures Figures(bool grouped, SplitMix64 random)
    {
        var energy = SupportRule.Mean(chanceEnergy);
        return new FocusFigures
        {
            MaskKind = kind,
            Usable = usable,
            Support = SupportRule.For(usable),
            Focus = FocusFigure(grouped, random),
            MedianFocus = focus.Count < SupportRule.Figure ? null : Quantiles.Median(CollectionsMarshal.AsSpan(focus)),
            BelowChance = SupportRule.ShareOfMaps(belowChance, focus.Count),
            BackgroundAttention = SupportRule.Beside(background, backgroundByChance),
            ChanceEnergy = energy,
            LocationConfounded = energy > ConfoundedChance,
            Lift = SupportRule.Beside(lift, liftByChance),
            PointingGame = SupportRule.ShareOfMaps(pointing.Sum, pointing.Count),
            PointingGameByChance = SupportRule.Mean(pointingByChance),
        };
    }

    private static void AddBeside(RunningMean mean, double? value, RunningMean chance, double? byChance)
    {
        // A value without its chance level would shift one mean against the other.
        if (value is not null && byChance is not null)
        {
            mean.Add(value);
            chance.Add(byChance);
        }
    }

    private MeanFigure FocusFigure(bool grouped, SplitMix64 random)
    {
        var interval = SupportRule.MeanInterval(focus, grouped ? groups : null, random);
        return new MeanFigure(focus.Count, SupportRule.Mean(meanFocus), interval?.Low, interval?.High);
    }
}
