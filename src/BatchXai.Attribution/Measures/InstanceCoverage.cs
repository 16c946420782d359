namespace BatchXai.Attribution.Measures;

/// <summary>How many of an item's objects a map looks at. Together they may hold all of the attention while one of them draws it alone.</summary>
public static class InstanceCoverage
{
    /// <summary>Share of the objects with more of the positive mass than their area, E(a, m) &gt; p. Null with fewer than two objects in view.</summary>
    /// <param name="map">Raw map with status ok.</param>
    /// <param name="objects">Soft mask of each object at the map's grid. Those out of view, and those that leave no background, are passed over.</param>
    public static double? Of(ReadOnlySpan<float> map, IReadOnlyList<float[]> objects)
    {
        ArgumentNullException.ThrowIfNull(objects);
        int seen = 0, covered = 0;
        foreach (var mask in objects)
        {
            var area = mask.Average(value => (double)value);
            if (area > 0 && area < 1 - (1.0 / mask.Length))
            {
                seen++;
                covered += Energy.Inside(map, mask) > area ? 1 : 0;
            }
        }

        return seen < 2 ? null : (double)covered / seen;
    }
}
