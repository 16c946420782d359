using BatchXai.Attribution.Causal;
using TorchSharp;
using Xunit;

namespace BatchXai.Attribution.Tests.Causal;

public class FillTests
{
    [Theory]
    [InlineData(32, 32)]
    [InlineData(24, 40)]
    [InlineData(61, 47)]
    [InlineData(224, 224)]
    public void Diffusion_OfALinearGradient_ContinuesIt(int height, int width)
    {
        using var scope = torch.NewDisposeScope();
        var image = Pictures.Of(1, 2, height, width, (_, channel, y, x) => channel == 0 ? (2 * y) - x + .5 : x);
        var known = Pictures.Of(1, 1, height, width, (_, _, y, x) => y is > .3 and < .75 && x is > .2 and < .7 ? 0 : 1);

        var filled = DiffusionFill.Fill(image, known);

        // Half a grey level of 255, where the gradient spans them all.
        Assert.Equal(0, Pictures.Difference(image, filled), .5 * 3 / 255);
    }

    [Theory]
    [InlineData(FillStyle.Diffusion)]
    [InlineData(FillStyle.Blur)]
    public void Background_ThatIsOneColour_IsFilledWithIt(FillStyle style)
    {
        using var scope = torch.NewDisposeScope();
        var masks = Pictures.Of(2, 1, 40, 40, (item, _, y, x) => y > .3 && x > .4 - (.2 * item) ? 1 : 0);
        var images = Pictures.Of(2, 3, 40, 40, (item, channel, _, _) => channel + item - .7);
        var objects = images.add(masks.mul(Pictures.Of(2, 3, 40, 40, (_, channel, _, x) => 3 + channel + x)), Onnx.Torch.Scalars.Held(1L));

        var background = Layers.Of(objects, masks, null).Background(style);

        Assert.Equal(0, Pictures.Difference(images, background), 1e-4);
    }

    [Theory]
    [InlineData(FillStyle.Diffusion)]
    [InlineData(FillStyle.Blur)]
    public void KnownBackground_IsLeftAsItIs(FillStyle style)
    {
        using var scope = torch.NewDisposeScope();
        var images = Pictures.Noise(3, 3, 32, 32);
        var layers = Layers.Of(images, Pictures.Of(3, 1, 32, 32, (item, _, y, x) => y > .2 * item && y < .8 && x is > .3 and < .6 ? 1 : 0), null);

        var background = layers.Background(style);

        Assert.Equal(0, Pictures.Difference(images.mul(layers.Known), background.mul(layers.Known)));
        Assert.True(Pictures.Difference(images, background) > 1);
    }

    [Fact]
    public void Diffusion_StaysBetweenItsSurroundings()
    {
        using var scope = torch.NewDisposeScope();
        var images = Pictures.Noise(2, 1, 48, 48);
        var known = Pictures.Of(2, 1, 48, 48, (_, _, y, x) => y is > .1 and < .9 && x is > .1 and < .9 ? 0 : 1);

        var filled = DiffusionFill.Fill(images, known);

        Assert.True(filled.max().item<float>() <= images.mul(known).max().item<float>() + 1e-3);
        Assert.True(filled.min().item<float>() >= images.mul(known).min().item<float>() - 1e-3);
    }

    [Fact]
    public void Blur_FarFromEverythingKnown_IsTheMeanOfIt()
    {
        using var scope = torch.NewDisposeScope();
        var image = Pictures.Of(1, 1, 200, 200, (_, _, y, _) => y < .01 ? 3 : y < .02 ? 1 : 9);
        var known = Pictures.Of(1, 1, 200, 200, (_, _, y, _) => y < .02 ? 1 : 0);

        var filled = BlurFill.Fill(image, known);

        Assert.Equal(2, filled[0, 0, 199, 100].item<float>(), 1e-3);
    }

    [Fact]
    public void GaussianBlur_OfAPoint_IsAGaussian()
    {
        using var scope = torch.NewDisposeScope();
        var image = torch.zeros(1, 1, 41, 61);
        image[0, 0, 20, 30] = torch.tensor(1f);

        var blurred = GaussianBlur.Apply(image, 2);

        Assert.Equal(1 / (2 * Math.PI * 4), blurred[0, 0, 20, 30].item<float>(), 1e-5);
        Assert.Equal(Math.Exp(-(9 + 4) / 8.0) / (2 * Math.PI * 4), blurred[0, 0, 23, 28].item<float>(), 1e-5);
        Assert.Equal(1, blurred.sum().item<float>(), 1e-4);
    }
}
