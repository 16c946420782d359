using BatchXai.Onnx.Torch;
using BatchXai.Worker.Batch;
using Xunit;
using static TorchSharp.torch;

namespace BatchXai.Worker.Tests.Batch;

public sealed class FittingBatchTests
{
    [Fact]
    public async Task Batch_that_does_not_fit_is_halved_and_the_next_begins_with_what_fitted()
    {
        LibTorch.EnsureLoaded();
        var fitting = new FittingBatch(16);
        List<List<int>> taken = [];
        await fitting.RunAsync([.. Enumerable.Range(0, 16)], part => TakeAsync(part, fits: 5));
        Assert.Equal(4, fitting.Most);
        await fitting.RunAsync([.. Enumerable.Range(16, 6)], part => TakeAsync(part, fits: 5));

        Assert.Equal([4, 4, 4, 4, 4, 2], taken.Select(part => part.Count));
        Assert.Equal(Enumerable.Range(0, 22), taken.SelectMany(part => part));

        Task TakeAsync(List<int> part, int fits)
        {
            // libtorch itself says no: nobody has a pebibyte.
            using var memory = zeros(part.Count > fits ? 1L << 50 : 1);
            taken.Add(part);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Item_that_does_not_fit_alone_fails()
    {
        LibTorch.EnsureLoaded();
        var fitting = new FittingBatch(4);
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => fitting.RunAsync<int>([1, 2, 3], _ => Task.FromResult(zeros(1L << 50))));
        Assert.True(TorchMemory.WasShort(new InvalidOperationException("a node failed", failure)));
        Assert.Equal(1, fitting.Most);
    }

    [Fact]
    public async Task Other_failures_are_not_tried_again()
    {
        var tries = 0;
        await Assert.ThrowsAsync<InvalidDataException>(() => new FittingBatch(4).RunAsync<int>([1, 2, 3, 4], _ => { tries++; throw new InvalidDataException(); }));
        Assert.Equal(1, tries);
    }
}
