using System.Text;
using BatchXai.Storage.Artifacts;
using Xunit;

namespace BatchXai.Storage.Tests.Artifacts;

public sealed class NpyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_TwoMaps_HeaderIsExactlyTheFormat()
    {
        var bytes = await WriteAsync(NpyType.Float16, 2, 3, [[0, 1, 2, 3, 4, 5], [0, 0, 0, 0, 0, 0]]);

        var text = "{'descr': '<f2', 'fortran_order': False, 'shape': (2, 2, 3), }";
        byte[] expected = [0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(text.PadRight(117) + "\n")];
        Assert.Equal(128, expected.Length);
        Assert.Equal(expected, bytes[..128]);
        Assert.Equal(128 + (2 * 6 * 2), bytes.Length);
    }

    [Theory]
    [InlineData(1f, 0x3C00)]
    [InlineData(-2f, 0xC000)]
    [InlineData(0.5f, 0x3800)]
    [InlineData(0.33333334f, 0x3555)]
    [InlineData(65504f, 0x7BFF)]
    [InlineData(1e9f, 0x7BFF)]
    [InlineData(-1e9f, 0xFBFF)]
    [InlineData(5.9604645e-8f, 0x0001)]
    [InlineData(1e-9f, 0x0000)]
    [InlineData(-0f, 0x8000)]
    [InlineData(float.PositiveInfinity, 0x7C00)]
    public async Task Write_Float16_HasTheseBits(float value, int bits)
    {
        var bytes = await WriteAsync(NpyType.Float16, 1, 1, [[value]]);

        Assert.Equal(bits, bytes[128] | (bytes[129] << 8));
    }

    [Fact]
    public async Task Write_Float32_HasLittleEndianBits()
    {
        var bytes = await WriteAsync(NpyType.Float32, 1, 2, [[1f, -2f]]);

        Assert.Contains("'<f4'", Encoding.ASCII.GetString(bytes, 0, 128), StringComparison.Ordinal);
        Assert.Equal([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0], bytes[128..]);
    }

    [Theory]
    [InlineData(NpyType.Float16)]
    [InlineData(NpyType.Float32)]
    public async Task ReadRow_AnyOrder_GivesThatMap(NpyType type)
    {
        var maps = Enumerable.Range(0, 300).Select(n => Enumerable.Range(0, 6).Select(i => (float)((n * 6) + i)).ToArray()).ToList();
        await using var reader = await NpyReader.OpenAsync(new MemoryStream(await WriteAsync(type, 3, 2, maps)), Ct);

        Assert.Equal((type, 300L, 3, 2), (reader.Type, reader.Count, reader.Height, reader.Width));
        foreach (var row in new[] { 299, 0, 17 })
        {
            Assert.Equal(maps[row], await reader.ReadRowAsync(row, Ct));
        }

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => reader.ReadRowAsync(300, Ct));
    }

    [Fact]
    public async Task Write_NoMap_IsAnEmptyFile()
    {
        await using var reader = await NpyReader.OpenAsync(new MemoryStream(await WriteAsync(NpyType.Float16, 7, 7, [])), Ct);

        Assert.Equal(0, reader.Count);
    }

    [Fact]
    public async Task Append_WrongSize_Refused()
    {
        var writer = new NpyWriter(new MemoryStream(), NpyType.Float16, 2, 2);

        await Assert.ThrowsAsync<ArgumentException>(() => writer.AppendAsync(new float[3], Ct));
    }

    [Theory]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1, 1), }")]
    [InlineData("{'descr': '<f2', 'fortran_order': True, 'shape': (1, 1, 1), }")]
    [InlineData("{'descr': '<f2', 'fortran_order': False, 'shape': (1, 1), }")]
    [InlineData("{'descr': '<f2', 'fortran_order': False, 'shape': (9999999999999, 1, 1), }")]
    [InlineData("{'descr': '<f2', 'fortran_order': False, 'shape': (2147483647, 2147483647, 2147483647), }")]
    [InlineData("{'descr': '<f2', 'fortran_order': False, 'shape': (1, 0, 1), }")]
    public async Task Open_OtherFile_SaysSo(string header)
    {
        byte[] bytes = [0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(header.PadRight(117) + "\n"), 0, 0];

        await Assert.ThrowsAsync<InvalidDataException>(() => NpyReader.OpenAsync(new MemoryStream(bytes), Ct));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(100)]
    [InlineData(139)]
    public async Task Open_CutOff_SaysSo(int length)
    {
        var bytes = await WriteAsync(NpyType.Float16, 2, 3, [new float[6]]);
        Assert.Equal(140, bytes.Length);

        await Assert.ThrowsAsync<InvalidDataException>(() => NpyReader.OpenAsync(new MemoryStream(bytes[..length]), Ct));
    }

    private static async Task<byte[]> WriteAsync(NpyType type, int height, int width, IReadOnlyList<float[]> maps)
    {
        using var stream = new MemoryStream();
        var writer = new NpyWriter(stream, type, height, width);
        for (var i = 0; i < maps.Count; i++)
        {
            Assert.Equal(i, await writer.AppendAsync(maps[i], Ct));
        }

        await writer.CompleteAsync(Ct);
        return stream.ToArray();
    }
}
