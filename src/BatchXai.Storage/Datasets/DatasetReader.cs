using BatchXai.Contracts;
using BatchXai.Contracts.Datasets;
using BatchXai.Storage.Blobs;

namespace BatchXai.Storage.Datasets;

/// <summary>Opens datasets: folders of images, CSV and JSON Lines manifests.</summary>
public static class DatasetReader
{
    /// <summary>Reads through a dataset once, checks everything that can be known without decoding an image, and counts.</summary>
    /// <param name="spec">Where the images, labels and masks are.</param>
    /// <param name="outputNames">Name of every model output, in order; plain numbers when the model has no names; empty: the model is not known, so labels are mapped by the class map only.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="UserErrorException">The dataset cannot be used; says every problem found.</exception>
    public static async Task<Dataset> OpenAsync(DatasetSpec spec, IReadOnlyList<string> outputNames, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(outputNames);
        var findings = new Findings();
        var maskFolder = MaskFolder(spec, findings);
        var source = Source(spec, maskFolder, findings);
        var classMap = spec.ClassMap is null ? null : await ClassMap.ReadAsync(Path.GetFullPath(spec.ClassMap), outputNames.Count, findings, cancellationToken);
        if (source is null)
        {
            findings.ThrowIfAny();
            throw new InvalidOperationException("A missing source is a problem.");
        }

        var masks = new MaskFinder(new RootedFolder(maskFolder ?? source.Images.Root), maskFolder is not null);
        var survey = new Survey(source, masks, spec.Split, findings);
        await survey.RunAsync(cancellationToken);

        // Whether labels map is only known when both sides were read without problems.
        findings.ThrowIfAny();
        var mapping = OutputMapping.Make(survey.Labels, classMap, outputNames, findings);
        findings.ThrowIfAny();
        return new Dataset(source, masks, mapping, spec.Split, survey.Summary(mapping));
    }

    private static string? MaskFolder(DatasetSpec spec, Findings findings)
    {
        if (spec.Masks is null)
        {
            return null;
        }

        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(spec.Masks));
        if (!Directory.Exists(folder))
        {
            findings.Problem($"The mask folder {folder} does not exist. Give the folder that holds the masks, laid out like the images, or leave it out.");
            return null;
        }

        if (folder == Path.TrimEndingDirectorySeparator(Path.GetFullPath(spec.Path)))
        {
            findings.Problem($"Images and masks are the same folder, {folder}, so that masks would be read as images. Move the masks to a folder of their own.");
            return null;
        }

        return folder;
    }

    private static ItemSource? Source(DatasetSpec spec, string? maskFolder, Findings findings)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(spec.Path));
        if (Directory.Exists(path))
        {
            return new FolderSource(new RootedFolder(path), FolderLayout.Of(path, maskFolder, findings), maskFolder);
        }

        if (!File.Exists(path))
        {
            findings.Problem($"The dataset {path} does not exist. Give a folder of images, or a manifest (.csv or .jsonl).");
            return null;
        }

        DatasetFormat? format = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".CSV" => DatasetFormat.Csv,
            ".JSONL" or ".NDJSON" => DatasetFormat.JsonLines,
            _ => null,
        };
        if (format is null)
        {
            findings.Problem($"The dataset {path} is neither a folder nor a manifest. Expected a folder of images, or a manifest that ends in .csv or .jsonl.");
            return null;
        }

        return new ManifestSource(path, format.Value, new RootedFolder(maskFolder ?? Path.GetDirectoryName(path)!));
    }
}
