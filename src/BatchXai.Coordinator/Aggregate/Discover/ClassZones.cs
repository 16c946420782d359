using BatchXai.Contracts.Reports;
using BatchXai.Contracts.Results;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>Zone shares of the heatmaps of one class × method × target.</summary>
internal sealed class ClassZones
{
    private static readonly ViewZone[] Zones = Enum.GetValues<ViewZone>();

    private readonly ZoneSample[] samples = [.. Zones.Select(_ => new ZoneSample())];
    private readonly List<int> groups = [];
    private readonly List<int> paddedGroups = [];

    public long Maps => groups.Count;

    public ZoneSample this[ViewZone zone] => samples[(int)zone];

    /// <summary>Group of each value of a zone.</summary>
    public IReadOnlyList<int> GroupsOf(ViewZone zone) => zone == ViewZone.Padding ? paddedGroups : groups;

    /// <summary>Takes in a heatmap with status ok.</summary>
    public void Add(ItemResult row, int group)
    {
        var measures = row.Measures;
        if (measures is not { CentreShare: not null, BorderShare: not null, CornerTopLeftShare: not null, CornerTopRightShare: not null, CornerBottomLeftShare: not null, CornerBottomRightShare: not null })
        {
            return;
        }

        groups.Add(group);
        foreach (var zone in Zones)
        {
            if (zone != ViewZone.Padding)
            {
                this[zone].Add(ShareOf(measures, zone), ZoneAreas.Of(zone), row);
            }
        }

        if (measures is { PaddingShare: { } padding, PaddingArea: > 0 and { } area })
        {
            paddedGroups.Add(group);
            this[ViewZone.Padding].Add(padding, area, row);
        }
    }

    private static double ShareOf(FocusMeasures measures, ViewZone zone) => zone switch
    {
        ViewZone.Centre => measures.CentreShare!.Value,
        ViewZone.Border => measures.BorderShare!.Value,
        ViewZone.TopLeft => measures.CornerTopLeftShare!.Value,
        ViewZone.TopRight => measures.CornerTopRightShare!.Value,
        ViewZone.BottomLeft => measures.CornerBottomLeftShare!.Value,
        _ => measures.CornerBottomRightShare!.Value,
    };
}
