using BatchXai.Contracts;
using BatchXai.Contracts.Datasets;
using BatchXai.Storage.Datasets;
using BatchXai.Storage.Locations;
using Xunit;

namespace BatchXai.Storage.Tests.Datasets;

/// <summary>Opening datasets in tests.</summary>
internal static class Datasets
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<(Dataset Dataset, List<DatasetItem> Items)> ReadAsync(DatasetSpec spec, params string[] outputNames)
    {
        var dataset = await DatasetReader.OpenAsync(spec, outputNames, SourceLocations.Anywhere, Ct);
        var items = await dataset.ReadItemsAsync(Ct).ToListAsync(Ct);
        Assert.Equal(dataset.Summary.Items, items.Count);
        Assert.Equal(dataset.Summary.Items, dataset.Summary.Splits.Sum(split => split.Items));
        Assert.Equal(dataset.Summary.Masks, items.Count(item => item.Mask is not null));
        Assert.Equal(Enumerable.Range(0, items.Count).Select(i => (long)i), items.Select(item => item.Index));
        return (dataset, items);
    }

    public static async Task<IReadOnlyList<string>> ProblemsAsync(DatasetSpec spec, params string[] outputNames) =>
        (await Assert.ThrowsAsync<UserErrorException>(() => DatasetReader.OpenAsync(spec, outputNames, SourceLocations.Anywhere, Ct))).Problems;
}
