using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>One method × target over all items: counts by status, figures, distributions and the items worth looking at.</summary>
internal sealed class MethodAccumulator(string method, string target)
{
    private readonly Dictionary<HeatmapStatus, long> heatmaps = EnumCounts.Of<HeatmapStatus>();
    private readonly Dictionary<MaskStatus, long> masks = EnumCounts.Of<MaskStatus>();
    private readonly Dictionary<MaskKind, DistributionAccumulator> distributions = [];
    private readonly Dictionary<MaskKind, AgreementAccumulator> agreement = [];
    private readonly SortedDictionary<string, ClassZones> zones = new(StringComparer.Ordinal);
    private readonly MapAccumulator maps = new();

    public string Method => method;

    public string Target => target;

    public MapAccumulator Maps => maps;

    public ItemShortlist Shortlist { get; } = new();

    public void Add(ItemResult row, int group)
    {
        heatmaps[row.Status]++;
        masks[row.MaskStatus]++;
        maps.Add(row, group);
        Shortlist.Add(row);
        AddZones(row, group);
        if (row is { Status: HeatmapStatus.Ok, MaskStatus: MaskStatus.Ok })
        {
            if (!distributions.TryGetValue(row.MaskKind, out var distribution))
            {
                distributions[row.MaskKind] = distribution = new DistributionAccumulator();
                agreement[row.MaskKind] = new AgreementAccumulator(row.MaskKind);
            }

            distribution.Add(row.Measures);
            agreement[row.MaskKind].Add(row.Measures, group);
        }
    }

    /// <summary>The classes by their zones, each against all others.</summary>
    public ZoneComparison CompareZones(bool grouped, long seed) => ZoneComparer.Compare(method, target, [.. zones.Select(entry => (entry.Key, entry.Value))], grouped, seed);

    /// <summary>The heatmaps that show a finding best.</summary>
    public IReadOnlyList<ItemResult> ExamplesOf(ZoneFinding finding) => zones[finding.Class][finding.Zone].Best.InOrder();

    public MethodFigures Figures(bool grouped, long seed)
    {
        var focus = maps.Focus(grouped, seed, $"all {method} {target}");
        return new MethodFigures
        {
            Method = method,
            Target = target,
            Heatmaps = heatmaps,
            Masks = masks,
            Focus = focus,
            Distributions = [.. focus.Select(figures => distributions[figures.MaskKind].Distributions(figures))],
            Agreement = [.. focus.Select(figures => agreement[figures.MaskKind].Figures(grouped, seed, $"all {method} {target}"))],
            Zones = maps.Zones.Zones(),
            EffectiveArea = maps.Zones.EffectiveArea(),
            Gini = maps.Zones.Gini(),
            NegativeShare = maps.Zones.NegativeShare(),
        };
    }

    private void AddZones(ItemResult row, int group)
    {
        if (row.Status != HeatmapStatus.Ok || (row.Label ?? row.PredictedName) is not { } name)
        {
            return;
        }

        if (!zones.TryGetValue(name, out var itsClass))
        {
            zones[name] = itsClass = new ClassZones();
        }

        itsClass.Add(row, group);
    }
}
