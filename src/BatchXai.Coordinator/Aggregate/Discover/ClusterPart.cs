using BatchXai.Contracts.Results;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>One group of alike heatmaps.</summary>
/// <param name="medoid">The most typical of them.</param>
internal sealed class ClusterPart(ItemResult medoid)
{
    private readonly List<(long Item, int Group)> members = [];
    private double[] sums = [];

    public ItemResult Medoid => medoid;

    public int Maps => members.Count;

    /// <summary>Its items and their groups in the dataset.</summary>
    public IReadOnlyList<(long Item, int Group)> Members => members;

    public GroupAccumulator Items { get; } = new();

    public MapAccumulator Focus { get; } = new();

    public void Add(SampledMap map, int group)
    {
        members.Add((map.Row.Item, group));
        Items.AddItem(map.Row);
        Focus.Add(map.Row, group);
        sums = sums.Length == 0 ? new double[map.Shares.Length] : sums;
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] += map.Shares[i];
        }
    }

    /// <summary>Mean share of each cell.</summary>
    public IReadOnlyList<float> MeanShares() => Array.ConvertAll(sums, sum => (float)(sum / Maps));
}
