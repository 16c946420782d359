using BatchXai.Storage.Artifacts;
using Xunit;

namespace BatchXai.Storage.Tests.Artifacts;

public sealed class MaskBankFileTests
{
    private const int Cells = MaskBankFile.Grid * MaskBankFile.Grid;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WriteRead_Entries_ComeBackByArea()
    {
        MaskBankEntry[] entries = [Entry(5, .5), Entry(long.MaxValue, 0), Entry(2, 1), Entry(1, .5)];

        var read = await MaskBankFile.ReadAsync(new MemoryStream(await WriteAsync(entries)), Ct);

        Assert.Equal([(long.MaxValue, 0.0), (1, .5), (5, .5), (2, 1)], read.Select(entry => (entry.Item, entry.Area)));
        Assert.All(read, entry => Assert.Equal(Mask(entry.Item), entry.Mask));
    }

    [Fact]
    public async Task Write_OneEntry_HasTheseBytes()
    {
        var bytes = await WriteAsync([Entry(258, .5)]);

        Assert.Equal([.. "BXMB"u8, 1, 0, 0, 0, 56, 0, 0, 0, 1, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xE0, 0x3F], bytes[..32]);
        Assert.Equal(Mask(258), bytes[32..]);
    }

    [Fact]
    public async Task Read_Damaged_SaysSo()
    {
        var bytes = await WriteAsync([Entry(1, .25), Entry(2, .5)]);
        foreach (var damage in new Action<byte[]>[] { copy => copy[0] = 0, copy => copy[4] = 2, copy => copy[8] = 57, copy => copy[15] = 0xFF, copy => copy[12] = 3, copy => copy[31] = 0x7F, copy => copy[31] = 0xBF })
        {
            var copy = bytes.ToArray();
            damage(copy);
            await Assert.ThrowsAsync<InvalidDataException>(() => MaskBankFile.ReadAsync(new MemoryStream(copy), Ct));
        }

        await Assert.ThrowsAsync<InvalidDataException>(() => MaskBankFile.ReadAsync(new MemoryStream(bytes[..^1]), Ct));
    }

    [Theory]
    [InlineData(double.NaN, Cells)]
    [InlineData(1.5, Cells)]
    [InlineData(-.1, Cells)]
    [InlineData(.5, Cells - 1)]
    public async Task Write_Nonsense_Refused(double area, int cells) =>
        await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync([new(1, area, new byte[cells])]));

    private static MaskBankEntry Entry(long item, double area) => new(item, area, Mask(item));

    private static byte[] Mask(long item) => [.. Enumerable.Range(0, Cells).Select(i => (byte)(i + item))];

    private static async Task<byte[]> WriteAsync(IEnumerable<MaskBankEntry> entries)
    {
        using var stream = new MemoryStream();
        await MaskBankFile.WriteAsync(stream, entries, Ct);
        return stream.ToArray();
    }
}
