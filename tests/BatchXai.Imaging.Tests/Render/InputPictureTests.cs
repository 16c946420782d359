using Xunit;

namespace BatchXai.Imaging.Tests.Render;

public sealed class InputPictureTests
{
    private static readonly byte[] Colours = [0, 10, 255, 128, 127, 1, 77, 200, 254, 255, 0, 33];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Input_becomes_the_picture_that_it_was_made_of(bool bgr)
    {
        var scaling = new PixelScaling { Scale = 1 / 255.0, Mean = [.485, .456, .406], Std = [.229, .224, -.225], Bgr = bgr };

        Assert.Equal(Colours, InputPicture.ToRgb(Input(scaling), 2, 2, scaling));
    }

    [Fact]
    public void One_channel_becomes_grey()
    {
        var scaling = new PixelScaling { Mean = [.5], Std = [.5], Channels = 1 };
        var rgb = InputPicture.ToRgb(Input(scaling), 2, 2, scaling);

        // ITU-R BT.601 of the first pixel: .587 · 10 + .114 · 255 = 34.94.
        Assert.Equal([35, 35, 35], rgb[..3]);
    }

    [Fact]
    public void Values_beyond_colours_are_held_and_what_is_no_number_is_black() =>
        Assert.Equal([0, 255, 0], InputPicture.ToRgb([-.5f, 1.5f, float.NaN], 1, 1, new()));

    [Fact]
    public void Wrong_size_is_refused() => Assert.Throws<ArgumentException>(() => InputPicture.ToRgb(new float[5], 2, 1, new()));

    private static float[] Input(PixelScaling scaling)
    {
        var input = new float[scaling.Channels * 4];
        ImageResampler.ToTensor(new RgbImage(2, 2, Colours), ImageGeometry.Squash(2, 2, 2, 2), scaling, input);
        return input;
    }
}
