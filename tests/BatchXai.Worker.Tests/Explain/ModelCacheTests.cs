using BatchXai.Attribution.Models;
using BatchXai.Contracts.Models;
using BatchXai.Storage.Cache;
using BatchXai.Storage.Locations;
using BatchXai.Worker.Explain;
using BatchXai.Worker.Tests.Runs;
using Xunit;

namespace BatchXai.Worker.Tests.Explain;

public sealed class ModelCacheTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("batchxai-models-").FullName;
    private readonly TorchThread torch = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        torch.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Model_is_loaded_once_however_often_it_is_asked_for()
    {
        using var cache = Cache(1);
        using var first = await RentAsync(cache, 1);
        using var second = await RentAsync(cache, 1);
        Assert.Same(first.Classifier, second.Classifier);
    }

    [Fact]
    public async Task Models_in_use_stay_whatever_the_limit()
    {
        using var cache = Cache(0);
        using var first = await RentAsync(cache, 1);
        using var second = await RentAsync(cache, 2);
        using var third = await RentAsync(cache, 3);
        using var again = await RentAsync(cache, 1);
        Assert.Same(first.Classifier, again.Classifier);
    }

    [Fact]
    public async Task Model_that_nobody_uses_goes_when_another_needs_the_room()
    {
        using var cache = Cache(0);
        Classifier before;
        using (var first = await RentAsync(cache, 1))
        {
            before = first.Classifier;
        }

        (await RentAsync(cache, 2)).Dispose();
        using var again = await RentAsync(cache, 1);
        Assert.NotSame(before, again.Classifier);
    }

    private ModelCache Cache(double gibibytes)
    {
        var options = new WorkerOptions { ModelGiB = gibibytes };
        return new(torch, new(options, torch), new(options, new FileCache(SourceLocations.Anywhere, folder, long.MaxValue, TimeProvider.System)), options);
    }

    private Task<ModelLease> RentAsync(ModelCache cache, int seed)
    {
        var path = Path.Combine(folder, $"{seed}.onnx");
        TinyAudit.WriteModel(path, seed);
        return cache.RentAsync(new ModelSpec { Path = path }, $"{seed}", Ct);
    }
}
