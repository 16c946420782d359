using System.Runtime.CompilerServices;
using BatchXai.Contracts.Datasets;
using BatchXai.Storage.Datasets;
using BatchXai.Storage.Locations;
using Xunit;

namespace BatchXai.Storage.Tests.Datasets;

public sealed class StreamingTests : IDisposable
{
    private const int Lines = 100_000;

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("d.csv")]
    [InlineData("d.jsonl")]
    public async Task ReadItems_HundredThousandLines_HoldsNoItem(string name)
    {
        folder.With("0.jpg");
        var lines = Enumerable.Range(0, Lines).Select(i => name == "d.csv" ? $"{i}.jpg,c{i % 10}" : $"{{\"path\": \"{i}.jpg\", \"label\": \"c{i % 10}\"}}");
        await File.WriteAllLinesAsync(folder[name], name == "d.csv" ? lines.Prepend("path,label") : lines, Ct);
        var dataset = await DatasetReader.OpenAsync(new() { Path = folder[name] }, [], SourceLocations.Anywhere, Ct);
        Assert.Equal(Lines, dataset.Summary.Items);

        var sampled = new List<WeakReference>();
        await foreach (var item in dataset.ReadItemsAsync(Ct))
        {
            if (item.Index % 1000 == 0)
            {
                sampled.Add(Weak(item));
            }

            if (item.Index == Lines - 1)
            {
                GC.Collect();
                Assert.Equal(100, sampled.Count);
                Assert.InRange(sampled.Count(weak => weak.IsAlive), 0, 1);
            }
        }
    }

    [Fact]
    public async Task ReadItems_Cancelled_Stops()
    {
        folder.With("d/cat/1.jpg", "d/cat/2.jpg");
        var dataset = await DatasetReader.OpenAsync(new() { Path = folder["d"] }, [], SourceLocations.Anywhere, Ct);
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in dataset.ReadItemsAsync(stop.Token))
            {
                await stop.CancelAsync();
            }
        });
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Weak(DatasetItem item) => new(item);
}
