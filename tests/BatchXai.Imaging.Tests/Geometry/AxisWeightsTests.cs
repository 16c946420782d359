using Xunit;

namespace BatchXai.Imaging.Tests.Geometry;

public sealed class AxisWeightsTests
{
    [Fact]
    public void Of_Halving_IsTheTriangleOfFourPixels()
    {
        // Scale 2: pixel 1 is centred on 3; distances of pixels 1 … 4 are 1.5, .5, .5, 1.5 of a support of 2: 1/8, 3/8, 3/8, 1/8.
        Assert.Equal([0, 0.125, 0.375, 0.375, 0.125, 0, 0, 0], Dense(new(8, 4, 4, 0), 1), Near);

        // The first pixel, centred on 1, loses the pixel before the edge: 3/8, 3/8, 1/8 normalised.
        Assert.Equal([3 / 7.0, 3 / 7.0, 1 / 7.0, 0, 0, 0, 0, 0], Dense(new(8, 4, 4, 0), 0), Near);
        Assert.Equal([0, 0, 0, 0, 0, 1 / 7.0, 3 / 7.0, 3 / 7.0], Dense(new(8, 4, 4, 0), 3), Near);
    }

    [Fact]
    public void Of_Doubling_IsLinearBetweenCentres()
    {
        // Input pixel 1 is centred on source coordinate 0.75: a quarter of the way from centre 0.5 to centre 1.5.
        Assert.Equal([0.75, 0.25, 0, 0], Dense(new(4, 8, 8, 0), 1), Near);
        Assert.Equal([0.25, 0.75, 0, 0], Dense(new(4, 8, 8, 0), 2), Near);

        // Beyond the outermost centre the edge pixel holds.
        Assert.Equal([1, 0, 0, 0], Dense(new(4, 8, 8, 0), 0), Near);
        Assert.Equal([0, 0, 0, 1], Dense(new(4, 8, 8, 0), 7), Near);
    }

    [Fact]
    public void Of_CropAndPadding_ShiftTheSameWeights()
    {
        Assert.Equal(Dense(new(8, 4, 4, 0), 1), Dense(new(8, 2, 4, -1), 0), Near);
        Assert.Equal(Dense(new(8, 4, 4, 0), 0), Dense(new(8, 6, 4, 1), 0), Near);
    }

    [Theory]
    [InlineData(1000, 224, 256)]
    [InlineData(3, 224, 224)]
    [InlineData(1, 5, 5)]
    [InlineData(5, 1, 1)]
    public void Of_AnySizes_SumsToOneInsideTheSource(int source, int input, int resized)
    {
        var weights = AxisWeights.Of(new(source, input, resized, (input - resized) / 2));
        Assert.InRange(weights.Low, 0, source - 1);
        Assert.InRange(weights.High, 1, source);
        Assert.All(weights.Weights.Chunk(weights.Taps), taps => Assert.Equal(1, taps.Sum(), 5));
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-6;

    private static double[] Dense(AxisMapping axis, int pixel)
    {
        var weights = AxisWeights.Of(axis);
        var dense = new double[axis.Source];
        for (var t = 0; t < weights.Taps; t++)
        {
            dense[weights.First[pixel] + t] += weights.Weights[(pixel * weights.Taps) + t];
        }

        return dense;
    }
}
