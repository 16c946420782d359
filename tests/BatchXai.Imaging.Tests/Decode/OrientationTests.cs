using SkiaSharp;
using Xunit;

namespace BatchXai.Imaging.Tests.Decode;

public sealed class OrientationTests
{
    // EXIF 2.3: the visual corners (0 top left, 1 top right, 2 bottom left, 3 bottom right) where the stored corners belong.
    public static TheoryData<byte, int[]> Corners => new()
    {
        { 1, [0, 1, 2, 3] },
        { 2, [1, 0, 3, 2] },
        { 3, [3, 2, 1, 0] },
        { 4, [2, 3, 0, 1] },
        { 5, [0, 2, 1, 3] },
        { 6, [1, 3, 0, 2] },
        { 7, [3, 1, 2, 0] },
        { 8, [2, 0, 3, 1] },
    };

    [Theory]
    [MemberData(nameof(Corners))]
    public void Decode_JpegWithOrientation_PutsTheCornersWhereTheyBelong(byte orientation, int[] places)
    {
        // Four quarters of flat colour, wide enough for JPEG not to mix them in the corners.
        SKColor[] colours = [SKColors.Black, SKColors.Red, SKColors.Lime, SKColors.Blue];
        var jpeg = Encoded.Jpeg(64, 32, (x, y) => colours[(y / 16 * 2) + (x / 32)]);
        var image = ImageDecoder.Decode(Encoded.WithOrientation(jpeg, orientation));

        Assert.Equal(orientation, image.Orientation);
        Assert.Equal(orientation >= 5, image.Turned);
        Assert.Equal(orientation >= 5 ? (32, 64) : (64, 32), (image.Width, image.Height));
        for (var stored = 0; stored < 4; stored++)
        {
            var x = places[stored] % 2 == 0 ? 0 : image.Width - 1;
            var y = places[stored] / 2 == 0 ? 0 : image.Height - 1;
            var pixel = image.Pixels.AsSpan(((y * image.Width) + x) * 3, 3);
            Assert.InRange(Math.Abs(pixel[0] - colours[stored].Red) + Math.Abs(pixel[1] - colours[stored].Green) + Math.Abs(pixel[2] - colours[stored].Blue), 0, 12);
        }
    }

    [Theory]
    [MemberData(nameof(Corners))]
    public void Orient_MaskOfOneCorner_MovesItWhereTheImagesCornerGoes(byte orientation, int[] places)
    {
        for (var stored = 0; stored < 4; stored++)
        {
            var pixels = new byte[15];
            pixels[(stored / 2 * 10) + (stored % 2 * 4)] = 1;
            var mask = new PixelMask(5, 3, pixels).Orient(orientation);
            Assert.Equal(orientation >= 5 ? (3, 5) : (5, 3), (mask.Width, mask.Height));
            var (row, column) = (places[stored] / 2 * (mask.Height - 1), places[stored] % 2 * (mask.Width - 1));
            Assert.Equal((row * mask.Width) + column, mask.Pixels.IndexOf((byte)1));
            Assert.Equal(1, mask.ObjectPixels);
        }
    }
}
