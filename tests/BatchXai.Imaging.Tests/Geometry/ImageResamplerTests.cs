using Xunit;

namespace BatchXai.Imaging.Tests.Geometry;

public sealed class ImageResamplerTests
{
    private static readonly PixelScaling Plain = new() { Scale = 1 };

    [Fact]
    public void ToTensor_SameSize_IsTheImageInPlanes()
    {
        var image = Noise(37, 19);
        var tensor = Tensor(image, ImageGeometry.Squash(37, 19, 37, 19), Plain);
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            Assert.Equal(image.Pixels[i], tensor[(i % 3 * 37 * 19) + (i / 3)], 4);
        }
    }

    [Theory]
    [InlineData(300, 200)]
    [InlineData(33, 700)]
    [InlineData(1, 1)]
    [InlineData(2, 5000)]
    public void ToTensor_ConstantImage_StaysConstant(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        pixels.AsSpan().Fill(77);
        var tensor = Tensor(new(width, height, pixels), ImageGeometry.CenterCrop(width, height, 64, 48), Plain);
        Assert.All(tensor, value => Assert.Equal(77, value, 3));
    }

    [Theory]
    [InlineData(10, 40)]
    [InlineData(240, 40)]
    [InlineData(120, 60)]
    public void ToTensor_Ramp_StaysTheSameRampAwayFromTheEdges(int source, int input)
    {
        // Pixel x holds x, so that source coordinate c holds c − ½; a filter that is symmetric about each centre keeps it.
        var pixels = Enumerable.Range(0, source * 3 * 3).Select(i => (byte)(i / 3 % source)).ToArray();
        var tensor = Tensor(new(source, 3, pixels), ImageGeometry.Squash(source, 3, input, 3), Plain);
        var scale = (double)source / input;
        for (var x = 0; x < input; x++)
        {
            var centre = (x + 0.5) * scale;
            if (centre >= Math.Max(scale, 1) && centre <= source - Math.Max(scale, 1))
            {
                Assert.Equal(centre - 0.5, tensor[x], 3);
            }
        }
    }

    [Fact]
    public void ToTensor_OnePixelHalved_SpreadsByTheTriangleInBothDirections()
    {
        // 16 × 16 → 8 × 8, pixel (x 6, y 9): for output 2, 3, 4 its distances are 1.5, .5 of the support 2 – outputs 3 (centre 7): 3/8, 2 (centre 5): 1/8.
        // Vertically, 9.5 from centres 9 (output 4): 3/8, and 11 (output 5): 1/8.
        var pixels = new byte[16 * 16 * 3];
        pixels[(((9 * 16) + 6) * 3) + 1] = 64;
        var tensor = Tensor(new(16, 16, pixels), ImageGeometry.Squash(16, 16, 8, 8), Plain);
        var expected = new float[3 * 64];
        foreach (var (x, y, weight) in new[] { (2, 4, 3), (3, 4, 9), (2, 5, 1), (3, 5, 3) })
        {
            expected[64 + (y * 8) + x] = weight;
        }

        Assert.Equal(expected, tensor, (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void ToTensor_AnySizes_AgreesWithPlainDoubleSums()
    {
        // The vector code against the formula, at widths around and beyond vector lengths, cropped, enlarged, shrunk and padded.
        foreach (var (width, height) in new[] { (5, 4), (31, 64), (97, 50), (330, 21) })
        {
            var image = Noise(width, height);
            foreach (var geometry in new[] { ImageGeometry.CenterCrop(width, height, 24, 40), ImageGeometry.Letterbox(width, height, 33, 21), ImageGeometry.CenterCrop(width, height, 60, 20, 30) })
            {
                var tensor = Tensor(image, geometry, Plain with { Padding = 9 });
                for (var i = 0; i < tensor.Length; i++)
                {
                    var (channel, at) = Math.DivRem(i, geometry.InputWidth * geometry.InputHeight);
                    Assert.Equal(Reference(image, geometry, channel, at % geometry.InputWidth, at / geometry.InputWidth, 9), tensor[i], 1e-3);
                }
            }
        }
    }

    [Fact]
    public void ToTensor_Scaling_IsPerChannelInTheModelsOrder()
    {
        var image = new RgbImage(1, 1, [10, 20, 40]);
        var geometry = ImageGeometry.Squash(1, 1, 1, 1);
        var scaling = new PixelScaling { Scale = 0.1, Mean = [1, 2, 3], Std = [0.5, 2, 4] };
        Assert.Equal([0, 0, 0.25f], Tensor(image, geometry, scaling), Near);
        Assert.Equal([6, 0, -0.5f], Tensor(image, geometry, scaling with { Bgr = true }), Near);
        Assert.Equal([-100, -90, -70], Tensor(image, geometry, new() { Scale = 1, Mean = [110], Std = [1] }), Near);
        Assert.Equal([(0.299f * 10) + (0.587f * 20) + (0.114f * 40)], Tensor(image, geometry, new() { Scale = 1, Channels = 1 }), Near);
    }

    [Fact]
    public void ToTensor_Letterbox_FillsThePaddingLikeAPixel()
    {
        var geometry = ImageGeometry.Letterbox(4, 2, 4, 4);
        var tensor = Tensor(new(4, 2, new byte[24]), geometry, new() { Scale = 1, Mean = [4, 5, 6], Std = [2], Padding = 114 });
        Assert.Equal([55f, -2f, -2f, 55f], new[] { tensor[0], tensor[4], tensor[11], tensor[12] }, Near);
        Assert.Equal([54.5f, -2.5f, 54, -3], new[] { tensor[16], tensor[20], tensor[32], tensor[36] }, Near);
        Assert.Equal(Enumerable.Repeat((byte)114, 12), ImageResampler.ToRgb(new(4, 2, new byte[24]), geometry, 114)[..12]);
    }

    [Fact]
    public void ToRgb_AnyImage_IsTheTensorRounded()
    {
        var image = Noise(61, 43);
        var geometry = ImageGeometry.CenterCrop(61, 43, 32, 32);
        var tensor = Tensor(image, geometry, Plain);
        var rgb = ImageResampler.ToRgb(image, geometry, 0);
        for (var i = 0; i < rgb.Length; i++)
        {
            Assert.InRange(rgb[i] - tensor[(i % 3 * 32 * 32) + (i / 3)], -0.501, 0.501);
        }

        byte[] white = [.. Enumerable.Repeat((byte)255, 7 * 9 * 3)];
        Assert.All(ImageResampler.ToRgb(new(7, 9, white), ImageGeometry.Squash(7, 9, 5, 23), 0), value => Assert.Equal(255, value));
    }

    [Fact]
    public void ToTensor_SizesThatDoNotFit_AreRefused()
    {
        var image = Noise(4, 4);
        Assert.Throws<ArgumentException>(() => ImageResampler.ToTensor(image, ImageGeometry.Squash(5, 4, 2, 2), Plain, new float[12]));
        Assert.Throws<ArgumentException>(() => ImageResampler.ToTensor(image, ImageGeometry.Squash(4, 4, 2, 2), Plain, new float[11]));
        Assert.Throws<ArgumentException>(() => ImageResampler.ToTensor(image, ImageGeometry.Squash(4, 4, 2, 2), Plain with { Channels = 4 }, new float[16]));
        Assert.Throws<ArgumentException>(() => ImageResampler.ToTensor(image, ImageGeometry.Squash(4, 4, 2, 2), Plain with { Mean = [1, 2] }, new float[12]));
    }

    private static bool Near(float a, float b) => Math.Abs(a - b) < 1e-5;

    private static float[] Tensor(RgbImage image, ImageGeometry geometry, PixelScaling scaling)
    {
        var tensor = new float[scaling.Channels * geometry.InputWidth * geometry.InputHeight];
        tensor.AsSpan().Fill(float.NaN);
        ImageResampler.ToTensor(image, geometry, scaling, tensor);
        return tensor;
    }

    private static RgbImage Noise(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        new Random(width).NextBytes(pixels);
        return new(width, height, pixels);
    }

    // Σ triangle((x + ½ − c) / s) · pixel over all pixels of the source, normalised; in doubles, without any of the code under test.
    private static double Reference(RgbImage image, ImageGeometry geometry, int channel, int x, int y, byte padding)
    {
        var content = geometry.Content;
        if (x < content.Left || y < content.Top || x >= content.Left + content.Width || y >= content.Top + content.Height)
        {
            return padding;
        }

        var across = Weights(((x + 0.5) * geometry.ScaleX) + geometry.OffsetX, geometry.ScaleX, image.Width);
        var down = Weights(((y + 0.5) * geometry.ScaleY) + geometry.OffsetY, geometry.ScaleY, image.Height);
        var sum = 0.0;
        for (var i = 0; i < image.Width * image.Height; i++)
        {
            sum += across[i % image.Width] * down[i / image.Width] * image.Pixels[(i * 3) + channel];
        }

        return sum;
    }

    private static double[] Weights(double centre, double scale, int length)
    {
        var support = Math.Max(scale, 1);
        var raw = Enumerable.Range(0, length).Select(i => Math.Max(0, 1 - (Math.Abs(i + 0.5 - centre) / support))).ToArray();
        var sum = raw.Sum();
        return [.. raw.Select(weight => weight / sum)];
    }
}
