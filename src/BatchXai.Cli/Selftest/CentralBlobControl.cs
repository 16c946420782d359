using BatchXai.Attribution.Measures;
using BatchXai.Cli.Planted;
using BatchXai.Statistics;
using BatchXai.Statistics.Verdicts;

namespace BatchXai.Cli.Selftest;

/// <summary>
/// Heatmaps that know nothing: the same central Gaussian for every image, measured against objects of unequal size. Focus κ must be 0 for each size,
/// although the raw measures say that small objects are missed and large ones found.
/// </summary>
internal static class CentralBlobControl
{
    private const int Size = 24;
    private const int ImagesOfEach = 200;
    private const int ImagesSeed = 401;

    /// <summary>Standard deviation of the Gaussian as a share of the side.</summary>
    private const double Spread = .2;

    /// <summary>Factors on the area: mean areas of 5, 10 and 16 % of the image.</summary>
    private static readonly double[] AreaFactors = [.3, .6, 1];

    /// <summary>For each object size, mean κ and mean share of the map on the object.</summary>
    /// <param name="centred">Objects lie about the centre (standard deviation 5 % of the side), as photographers put them; else anywhere.</param>
    public static IReadOnlyList<(double Focus, double Energy)> Measure(bool centred) =>
        [.. Maps(centred).Select(maps => (maps.Average(map => map.Focus)!.Value, 1 - maps.Average(map => map.BackgroundAttention)!.Value))];

    /// <summary>The verdict on them, objects of all sizes together and without causal tests: κ alone must not say that anything looks at the object.</summary>
    /// <param name="centred">As for <see cref="Measure"/>.</param>
    public static Verdict Judge(bool centred)
    {
        var maps = Maps(centred).SelectMany(group => group).ToList();
        float[] focus = [.. maps.Select(map => (float)map.Focus!.Value)];
        return VerdictRule.Judge(
            new()
            {
                // That such maps do not change with the weights would be enough by itself.
                Checks = new() { SanityPassed = true },
                Maps = maps.Count,
                UsableMaps = maps.Count,
                Focus = Estimate.Of(focus.Average(value => (double)value), Bootstrap.MeanInterval(focus, [], new SplitMix64(0))!.Value, maps.Count),
                ChanceEnergy = maps.Average(map => map.ChanceEnergy),
                Causal = CausalEvidence.None,
            },
            new());
    }

    private static List<List<HeatmapMeasures>> Maps(bool centred)
    {
        var masks = AreaFactors.Select((factor, group) => Masks(factor, group, centred)).ToList();
        var bank = new MaskBank(Size, [.. masks.SelectMany((group, g) => group.Select((mask, i) => Entry((g * ImagesOfEach) + i, mask))).OrderBy(entry => entry.Area)]);
        float[] blob = [.. Enumerable.Range(0, Size * Size).Select(i => (float)Gaussian(i % Size, i / Size))];
        return [.. masks.Select((group, g) => group.Select((mask, i) => FocusMeasurer.Measure(blob, Size, Size, mask, bank, (g * ImagesOfEach) + i, [])).ToList())];
    }

    private static List<float[]> Masks(double areaFactor, int group, bool centred)
    {
        var generator = new PlantedShortcutGenerator(Size, new Planting { AreaFactor = areaFactor }, ImagesSeed + group);
        return [.. Enumerable.Range(0, ImagesOfEach).Select(i => SceneRenderer.Draw(centred ? Centred(generator.Sample(i), i) : generator.Sample(i), Size).Mask)];
    }

    private static PlantedScene Centred(PlantedScene scene, int i)
    {
        var random = SeededRandom.For(ImagesSeed, i);
        return scene with { Object = scene.Object!.Value with { CentreX = Size * (.5 + (.05 * random.Normal())), CentreY = Size * (.5 + (.05 * random.Normal())) } };
    }

    private static MaskBankEntry Entry(int item, float[] mask) => new(item, mask.Average(), [.. mask.Select(m => (byte)Math.Round(255 * m))]);

    private static double Gaussian(int x, int y)
    {
        var (fromX, fromY) = ((x + .5) / Size - .5, (y + .5) / Size - .5);
        return Math.Exp(-((fromX * fromX) + (fromY * fromY)) / (2 * Spread * Spread));
    }
}
