using BatchXai.Attribution.Causal;
using TorchSharp;
using Xunit;

namespace BatchXai.Attribution.Tests.Causal;

public class LayersTests
{
    private const int Side = 40;

    [Fact]
    public void Padding_StaysAsItIs_AndIsNotTakenForBackground()
    {
        using var scope = torch.NewDisposeScope();
        // The object touches the padding, which is black; everything else is white.
        var padding = Pictures.Of(1, 1, Side, Side, (_, _, y, _) => y < .25 ? 1 : 0);
        var masks = Pictures.Of(1, 1, Side, Side, (_, _, y, x) => y is > .25 and < .6 && x is > .3 and < .7 ? 1 : 0);
        var images = Pictures.Of(1, 3, Side, Side, (_, _, y, _) => y < .25 ? 0 : 1);
        var layers = Layers.Of(images, masks, padding);

        foreach (var style in Enum.GetValues<FillStyle>())
        {
            var background = layers.Background(style);
            Assert.Equal(1, background.min().item<float>(), 1e-4);
            Assert.Equal(0, Pictures.Difference(images, layers.WithoutObject(background)), 1e-4);
            Assert.Equal(0, layers.Paste(background).mul(padding).abs().max().item<float>());
        }
    }

    [Fact]
    public void Paste_KeepsTheObject_AndHasASoftEdge()
    {
        using var scope = torch.NewDisposeScope();
        var masks = Pictures.Of(1, 1, Side, Side, (_, _, _, x) => x < .5 ? 1 : 0);
        var layers = Layers.Of(torch.ones(1, 3, Side, Side), masks, null);

        var pasted = layers.Paste(torch.zeros(1, 3, Side, Side));

        float[] row = [.. pasted[0, 0, 10].data<float>().Skip((Side / 2) - 3).Take(6)];
        Assert.Equal([1, 1, .75f, .25f, 0, 0], row);
    }

    [Theory]
    [InlineData(.3, 0)]
    [InlineData(.9, .2)]
    [InlineData(.97, 0)]
    public void KnownShare_IsTheShareOfWhatIsFilledFrom(double area, double frame)
    {
        using var scope = torch.NewDisposeScope();
        var masks = Pictures.Of(1, 1, Side, 2 * Side, (_, _, y, x) => ((y - .5) * (y - .5)) + ((x - .5) * (x - .5)) < area / Math.PI ? .3 : 0);
        var padding = Pictures.Of(1, 1, Side, 2 * Side, (_, _, _, x) => Math.Max(0, frame - x));

        var known = Layers.Of(torch.zeros(1, 3, Side, 2 * Side), masks, padding).Known.mean().item<float>();

        Assert.Equal(known, KnownBackground.Share(masks.data<float>().ToArray(), padding.data<float>().ToArray(), Side, 2 * Side), 1e-6);
        Assert.InRange(known, .01, .9);
    }
}
