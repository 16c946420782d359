using BatchXai.Storage.Locations;

namespace BatchXai.Storage.Datasets;

/// <summary>A text file of a dataset, wherever it lies; as text, its location.</summary>
internal sealed class SourceFile(SourceLocations locations, string location)
{
    public Task<Stream> OpenAsync(CancellationToken cancellationToken) => locations.OpenFileAsync(location, cancellationToken);

    public override string ToString() => location;
}
