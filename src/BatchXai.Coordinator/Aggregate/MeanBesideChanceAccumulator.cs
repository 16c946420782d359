using BatchXai.Contracts.Reports;
using BatchXai.Statistics;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>One measure beside its chance level. Keeps each value (4 bytes) for the bootstrap.</summary>
internal sealed class MeanBesideChanceAccumulator
{
    private readonly List<float> values = [];
    private readonly RunningMean mean = new();
    private readonly RunningMean chance = new();

    public void Add(double? value, double? byChance)
    {
        if (value is { } defined)
        {
            values.Add((float)defined);
            mean.Add(value);
            chance.Add(byChance);
        }
    }

    /// <summary>The figure.</summary>
    /// <param name="groups">Group of each value; null: bootstrap over values.</param>
    /// <param name="random">Source of the draws.</param>
    public MeanBesideChance Figure(List<int>? groups, SplitMix64 random)
    {
        var interval = SupportRule.MeanInterval(values, groups, random);
        return new(values.Count, SupportRule.Mean(mean), interval?.Low, interval?.High, SupportRule.Mean(chance));
    }
}
