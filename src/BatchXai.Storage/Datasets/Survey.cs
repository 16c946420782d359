using BatchXai.Contracts.Datasets;

namespace BatchXai.Storage.Datasets;

/// <summary>The first pass over a dataset: counts everything, holds no item.</summary>
internal sealed class Survey(ItemSource source, MaskFinder masks, DatasetSpec spec, Findings findings)
{
    private const string WithoutMask = "items have no mask";
    private const string WithoutImage = "images are listed but do not exist";

    private readonly SortedDictionary<string, SortedDictionary<string, long>> splits = new(StringComparer.Ordinal);
    private readonly SortedSet<string> labels = new(StringComparer.Ordinal);
    private readonly DuplicateFinder duplicates = new();
    private long items;
    private long masksFound;
    private long boxes;
    private bool found;

    /// <summary>Every class of the dataset, of all splits.</summary>
    public IReadOnlyCollection<string> Labels => labels;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var (item, line) in source.ReadAsync(findings, cancellationToken))
        {
            await CountAsync(item, line, cancellationToken);
        }

        if (masksFound == 0 && !masks.Parallel)
        {
            // No item has a mask because none was meant to have one.
            findings.Forget(WithoutMask);
        }

        TellProblems();
    }

    public DatasetSummary Summary(OutputMapping mapping) => new()
    {
        Format = source.Format,
        Items = items,
        Splits = [.. splits.Where(entry => IsChosen(entry.Key)).Select(entry => ToSummary(entry.Key, entry.Value, mapping))],
        Masks = masksFound,
        Boxes = boxes,
        Warnings = findings.Warnings(),
    };

    private static SplitSummary ToSummary(string name, SortedDictionary<string, long> classes, OutputMapping mapping) =>
        new(name, classes.Values.Sum(), [.. classes.Select(entry => (Label: entry.Key.Length == 0 ? null : entry.Key, entry.Value)).Select(entry => new ClassSummary(entry.Label, entry.Value, mapping.Find(entry.Label)))]);

    private bool IsChosen(string name) => spec.Split is null || name.Equals(spec.Split, StringComparison.OrdinalIgnoreCase);

    private async ValueTask CountAsync(DatasetItem item, int line, CancellationToken cancellationToken)
    {
        if (item.Label is not null)
        {
            labels.Add(item.Label);
        }

        if (line > 0 && duplicates.FirstLine(item.Id, line) is { } first)
        {
            findings.Problem($"Line {line} of the manifest lists '{Shown.Text(item.Id)}', which line {first} has already. Keep one line an image; give several objects as boxes.");
        }

        if (!splits.TryGetValue(item.Split, out var classes))
        {
            splits.Add(item.Split, classes = new(StringComparer.Ordinal));
        }

        classes[item.Label ?? ""] = classes.GetValueOrDefault(item.Label ?? "") + 1;
        if (IsChosen(item.Split))
        {
            items++;
            found |= item.Id == spec.Item;
            boxes += item.Boxes is null ? 0 : 1;
            await LookAsync(item, line, cancellationToken);
        }
    }

    private async ValueTask LookAsync(DatasetItem item, int line, CancellationToken cancellationToken)
    {
        if (line > 0 && !await source.Images.ExistsAsync(item.Path, cancellationToken))
        {
            findings.Tally(WithoutImage, item.Path);
        }

        if (await masks.FindAsync(item, cancellationToken) is not null)
        {
            masksFound++;
        }
        else if (item.Mask is not null)
        {
            findings.Tally("masks are listed but do not exist", item.Mask);
        }
        else if (item.Boxes is null)
        {
            findings.Tally(WithoutMask, item.Id);
        }
    }

    private void TellProblems()
    {
        if (splits.Count == 0)
        {
            if (!findings.HasProblems)
            {
                findings.Problem($"{source.Images.Location} has no images. Looked for {source.LookedFor}.");
            }
        }
        else if (items == 0)
        {
            findings.Problem($"The split '{Shown.Text(spec.Split!)}' has no items. The dataset has the splits {Shown.List(splits.Keys, 10)}.");
        }
        else if (spec.Item is { } wanted && !found)
        {
            findings.Problem($"There is no item '{Shown.Text(wanted)}'. Expected an id as reports and items.csv name it: {(source.Images.Location)} has {items:N0} of them.");
        }
        else if (findings.Count(WithoutImage) == items)
        {
            findings.Problem($"None of the {items:N0} images in the manifest exists. Paths are relative to the manifest's folder {source.Images.Location}.");
        }
        else if (masks.Parallel && masksFound == 0)
        {
            findings.Problem(
                $"None of the {items:N0} items has a mask in {masks.Folder.Location}. Expected the same folders and names as the images, as {string.Join(", ", ImageFiles.MaskExtensions)}: 'cat/1.png' for 'cat/1.jpg'.");
        }
    }
}
