using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;
using BatchXai.Statistics;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>Histograms of κ and of background attention for one kind of mask.</summary>
internal sealed class DistributionAccumulator
{
    private readonly Histogram focus = new(-1, 1, 40);
    private readonly Histogram background = new(0, 1, 20);

    public void Add(FocusMeasures measures)
    {
        if (measures.Focus is { } kappa)
        {
            focus.Add(kappa);
        }

        if (measures is { BackgroundAttention: { } share, ObjectArea: not null })
        {
            // Rounding may leave a share a hair outside 0 … 1.
            background.Add(Math.Clamp(share, 0, 1));
        }
    }

    public FocusDistributions Distributions(FocusFigures figures) => new(
        figures.MaskKind,
        Of(focus, figures.Focus.Value, 0),
        Of(background, figures.BackgroundAttention.Value, figures.BackgroundAttention.Chance));

    private static Distribution Of(Histogram histogram, double? mean, double? chance) => new()
    {
        Low = histogram.Low,
        High = histogram.High,
        Counts = histogram.Counts,
        Below = histogram.Below,
        Above = histogram.Above,
        Mean = mean,
        Chance = chance,
    };
}
