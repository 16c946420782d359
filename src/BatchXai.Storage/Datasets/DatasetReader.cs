using BatchXai.Contracts;
using BatchXai.Contracts.Datasets;
using BatchXai.Storage.Locations;

namespace BatchXai.Storage.Datasets;

/// <summary>Opens datasets: folders of images, CSV and JSON Lines manifests, among files or blobs alike.</summary>
public static class DatasetReader
{
    /// <summary>Reads through a dataset once, checks everything that can be known without decoding an image, and counts.</summary>
    /// <param name="spec">Where the images, labels and masks are.</param>
    /// <param name="outputNames">Name of every model output, in order; plain numbers when the model has no names; empty: the model is not known, so labels are mapped by the class map only.</param>
    /// <param name="locations">What may be read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="UserErrorException">The dataset cannot be used; says every problem found.</exception>
    public static async Task<Dataset> OpenAsync(DatasetSpec spec, IReadOnlyList<string> outputNames, SourceLocations locations, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(outputNames);
        ArgumentNullException.ThrowIfNull(locations);
        var findings = new Findings();
        var places = new DatasetPlaces(spec, locations, findings);
        var masks = await places.MasksAsync(cancellationToken);
        var source = await places.SourceAsync(masks, cancellationToken);
        var classMap = await places.ClassMapAsync(cancellationToken) is { } file ? await ClassMap.ReadAsync(file, outputNames.Count, findings, cancellationToken) : null;
        if (source is null)
        {
            findings.ThrowIfAny();
            throw new InvalidOperationException("A missing source is a problem.");
        }

        var finder = new MaskFinder(masks ?? source.Images, masks is not null);
        var survey = new Survey(source, finder, spec, findings);
        await survey.RunAsync(cancellationToken);

        // Whether labels map is only known when both sides were read without problems.
        findings.ThrowIfAny();
        var mapping = OutputMapping.Make(survey.Labels, classMap, outputNames, findings);
        findings.ThrowIfAny();
        return new Dataset(source, finder, mapping, spec.Split, survey.Summary(mapping));
    }
}
