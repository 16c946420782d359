using BatchXai.Contracts.Results;
using BatchXai.Statistics;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>Shares of one class's heatmaps in one zone (4 bytes a heatmap), and the heatmaps that draw it most.</summary>
internal sealed class ZoneSample
{
    private const int Examples = 3;

    private readonly RunningMean share = new();
    private readonly RunningMean chance = new();

    /// <summary>Share over the zone's area: what is compared, because padding differs from item to item.</summary>
    public List<float> Densities { get; } = [];

    public BestRows Best { get; } = new(Examples);

    public long Count => share.Count;

    public double ShareSum => share.Sum;

    public double ChanceSum => chance.Sum;

    public void Add(double value, double area, ItemResult row)
    {
        share.Add(value);
        chance.Add(area);
        Densities.Add((float)(value / area));
        Best.Add(row, value * (row.Confidence ?? 0));
    }
}
