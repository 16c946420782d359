using BatchXai.Contracts.Reports;
using BatchXai.Imaging;

namespace BatchXai.Coordinator.Components;

/// <summary>Pictures of mean maps as data URIs, one pixel a cell. The scales are the same in all pictures of a report.</summary>
/// <param name="maps">The maps.</param>
internal sealed class MeanMapPicture(MeanMaps maps)
{
    private static readonly (int Red, int Green, int Blue) Less = (20, 115, 138), More = (196, 85, 15);

    private readonly double largest = maps.Classes.SelectMany(mean => mean.Shares).Concat(maps.Overall).Max();
    private readonly double farthest = maps.Classes.SelectMany(mean => Deviations(mean, maps)).Select(Math.Abs).DefaultIfEmpty(0).Max();

    /// <summary>Shares, from dark at 0 to bright at the largest of all.</summary>
    public string Shares(IReadOnlyList<float> shares) => Shares(shares, maps.Height, maps.Width, largest);

    /// <summary>Shares of a grid, from dark at 0 to bright at the largest.</summary>
    public static string Shares(IReadOnlyList<float> shares, int height, int width, double largest)
    {
        var table = ColourMap.Table(ColourMapName.Viridis).ToArray();
        return Uri([.. shares.SelectMany(share => table.Skip(3 * (int)Math.Round(255 * share / largest)).Take(3))], height, width);
    }

    /// <summary>Deviation from the overall mean: white where there is none.</summary>
    public string Deviation(ClassMeanMap mean) => Uri([.. Deviations(mean, maps).SelectMany(deviation => Tint(deviation / farthest))], maps.Height, maps.Width);

    private static IEnumerable<double> Deviations(ClassMeanMap mean, MeanMaps maps) => mean.Shares.Zip(maps.Overall, (own, all) => (double)own - all);

    private static byte[] Tint(double deviation)
    {
        var (end, part) = (deviation < 0 ? Less : More, double.IsFinite(deviation) ? Math.Abs(deviation) : 0);
        return [Between(end.Red), Between(end.Green), Between(end.Blue)];

        byte Between(int full) => (byte)Math.Round(255 + (part * (full - 255)));
    }

    private static string Uri(byte[] pixels, int height, int width) => $"data:image/png;base64,{Convert.ToBase64String(PngWriter.Rgb(pixels, width, height))}";
}
