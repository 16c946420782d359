using BatchXai.Attribution.Causal;
using BatchXai.Attribution.Methods;
using BatchXai.Attribution.Models;
using TorchSharp;

namespace BatchXai.Attribution.Tests.Causal;

/// <summary>
/// Two classes, s = ±1. Channel 0 is s on the object and 0 elsewhere, channel 1 is s on the background and 0 elsewhere: each label can be read off either. The model
/// z = (v, −v) with v = gain·((1 − λ)·mean(channel 0) + λ·mean(channel 1)) relies on the background by λ.
/// </summary>
internal static class OracleScene
{
    internal const int Items = 8;
    internal const double Gain = 4;
    private const int Side = 32;
    private const int ObjectHeight = 12;
    private const int ObjectWidth = 16;

    /// <summary>Shares of the pasted object on the object's and on the background's pixels: its soft edge loses half a pixel a side, and takes it from the background.</summary>
    internal static readonly double PastedObject = (ObjectHeight - .5) * (ObjectWidth - .5) / (Side * Side);

    internal static readonly double PastedRim = (((double)ObjectHeight * ObjectWidth) / (Side * Side)) - PastedObject;

    /// <summary>Share of the background that is left around a pasted object.</summary>
    internal const double Around = 1 - (((double)ObjectHeight * ObjectWidth) / (Side * Side));

    internal static Classifier Model(double reliance)
    {
        var (foreground, background) = ((float)(Gain * (1 - reliance)), (float)(Gain * reliance));
        var net = new TinyNet(null, 3, Side, Side)
            .Weight("W", [3, 2], foreground, -foreground, background, -background, 0, 0)
            .Weight("b", [2], 0, 0)
            .Node("GlobalAveragePool", "x", "pool")
            .Node("Flatten", "pool", "flat")
            .Node("Gemm", "flat W b", "scores");
        return Classifier.Load(net.Build(), new ClassifierOptions());
    }

    internal static int Label(int item) => item % 2;

    internal static int Sign(int label) => label == 0 ? 1 : -1;

    /// <summary>Every item lends its background to the one after the next (same class) and to the next (the other class).</summary>
    internal static CausalBatch Batch(Classifier model, bool labelled = true)
    {
        var images = Images();
        List<IReadOnlyList<int>?> labels = [.. Enumerable.Range(0, Items).Select(item => labelled ? new[] { Label(item) } : null)];
        return new CausalBatch
        {
            Items = images,
            Predictions = model.Predict(images.Inputs, labels),
            LabelOutputs = labels,
            Donors = images,
            SameDonor = [.. Enumerable.Range(0, Items).Select(item => (int?)((item + 2) % Items))],
            RandDonor = [.. Enumerable.Range(0, Items).Select(item => (int?)((item + 1) % Items))],
        };
    }

    internal static IReadOnlyList<CausalOutcome> Run(Classifier model, CausalBatch batch) => CausalBattery.Run(model, batch, _ => { }, Xunit.TestContext.Current.CancellationToken);

    private static CausalImages Images()
    {
        var masks = Pictures.Of(Items, 1, Side, Side, (item, _, y, x) => IsObject(item, y, x) ? 1 : 0);
        return new(
            Pictures.Of(Items, 3, Side, Side, (item, channel, y, x) => channel < 2 && (channel == 0) == IsObject(item, y, x) ? Sign(Label(item)) : 0),
            masks,
            null);
    }

    /// <summary>Objects at different places, none at the edge.</summary>
    private static bool IsObject(int item, double y, double x)
    {
        var (row, column) = ((int)(y * Side), (int)(x * Side));
        var (top, left) = (3 + item, 4 + (item % 5));
        return row >= top && row < top + ObjectHeight && column >= left && column < left + ObjectWidth;
    }
}
