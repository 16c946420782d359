using BatchXai.Attribution.Measures;
using BatchXai.Attribution.Methods;
using BatchXai.Contracts.Audits;
using BatchXai.Imaging;
using BatchXai.Worker.Measure;

namespace BatchXai.Worker.Encode;

/// <summary>Heatmaps to the grid at which they are stored, and pictures where every item shall have one.</summary>
internal sealed class HeatmapEncoder(AuditPlan plan)
{
    private const int PooledSide = 56;

    public IReadOnlyList<EncodedItem> Encode(IReadOnlyList<MeasuredItem> items) =>
        [.. items.AsParallel().AsOrdered().WithDegreeOfParallelism(Environment.ProcessorCount).Select(Encode)];

    private EncodedItem Encode(MeasuredItem item)
    {
        var masks = new GridMasks(item.Image);
        return new([.. item.Rows.Select(row => new EncodedRow(row.Result, row.Heatmap is { } map ? Stored(map) : null, Overlay(item, row, masks)))]);
    }

    private StoredMap Stored(Heatmap map)
    {
        var (height, width) = plan.Request.Maps == MapStorage.Full ? (map.Height, map.Width) : (Math.Min(map.Height, PooledSide), Math.Min(map.Width, PooledSide));
        return (height, width) == (map.Height, map.Width)
            ? new(map.Values, height, width)
            : new(AreaResampling.Average(map.Values, map.Height, map.Width, height, width), height, width);
    }

    private byte[]? Overlay(MeasuredItem item, MeasuredRow row, GridMasks masks) =>
        item.Image.View is { } view && row.Heatmap is { } map
            ? OverlayRenderer.Render(view, plan.Model.Width, plan.Model.Height, map.Values, map.Height, map.Width, masks.Mask(plan.Model.Height, plan.Model.Width), new OverlayOptions())
            : null;
}
