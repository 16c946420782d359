using Xunit;

namespace BatchXai.Imaging.Tests.Render;

public sealed class ColourMapTests
{
    [Theory]
    // Entries of the published tables, some of them between the stored ones.
    [InlineData(ColourMapName.Viridis, 0, 0x44, 0x01, 0x54)]
    [InlineData(ColourMapName.Viridis, 127, 0x21, 0x90, 0x8C)]
    [InlineData(ColourMapName.Viridis, 255, 0xFD, 0xE7, 0x25)]
    [InlineData(ColourMapName.Inferno, 0, 0x00, 0x00, 0x04)]
    [InlineData(ColourMapName.Inferno, 128, 0xBC, 0x37, 0x54)]
    [InlineData(ColourMapName.Inferno, 255, 0xFC, 0xFF, 0xA4)]
    [InlineData(ColourMapName.Cividis, 0, 0x00, 0x22, 0x4E)]
    [InlineData(ColourMapName.Cividis, 128, 0x7D, 0x7C, 0x78)]
    [InlineData(ColourMapName.Cividis, 255, 0xFE, 0xE8, 0x38)]
    public void Table_KnownEntries_AreWithinOneLevel(ColourMapName name, int entry, int red, int green, int blue)
    {
        var colour = ColourMap.Table(name).Slice(entry * 3, 3);
        Assert.InRange(colour[0], red - 1, red + 1);
        Assert.InRange(colour[1], green - 1, green + 1);
        Assert.InRange(colour[2], blue - 1, blue + 1);
    }

    [Theory]
    [InlineData(ColourMapName.Viridis)]
    [InlineData(ColourMapName.Inferno)]
    [InlineData(ColourMapName.Cividis)]
    public void Table_AnyMap_GrowsBrighterAllTheWay(ColourMapName name)
    {
        var table = ColourMap.Table(name).ToArray();
        Assert.Equal(768, table.Length);
        var luma = table.Chunk(3).Select(c => (0.299 * c[0]) + (0.587 * c[1]) + (0.114 * c[2])).ToArray();

        // Four steps on, since single steps are within the rounding to 8 bits.
        Assert.All(Enumerable.Range(0, 252), i => Assert.True(luma[i + 4] > luma[i], $"entry {i}"));
    }
}
