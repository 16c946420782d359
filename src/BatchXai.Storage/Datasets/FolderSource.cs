using System.Runtime.CompilerServices;
using BatchXai.Contracts.Datasets;
using BatchXai.Storage.Blobs;
using BatchXai.Storage.Locations;

namespace BatchXai.Storage.Datasets;

/// <summary>Images in folders, in ordinal order of their paths. Holds at most one folder's names at a time.</summary>
internal sealed class FolderSource(FileTree images, DatasetFormat format, string? maskFolder) : ItemSource(images, format)
{
    public override string LookedFor =>
        $"'class/image', 'split/class/image' (splits: {string.Join(", ", FolderLayout.SplitNames)}) or images directly in the folder, as {ImageFiles.ExtensionList}";

    public override IAsyncEnumerable<SourceItem> ReadAsync(Findings findings, CancellationToken cancellationToken) =>
        (Format == DatasetFormat.SplitFolders ? SplitsAsync(findings, cancellationToken) : ClassesAsync(new Place("", "all", Format == DatasetFormat.FlatFolder), findings, cancellationToken))
        .Select(item => new SourceItem(item, 0));

    private async IAsyncEnumerable<DatasetItem> SplitsAsync(Findings findings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in EntriesAsync("", findings, cancellationToken).Where(entry => entry.IsFolder))
        {
            await foreach (var item in ClassesAsync(new Place(entry.Name + "/", entry.Name.ToLowerInvariant(), true), findings, cancellationToken))
            {
                yield return item;
            }
        }
    }

    /// <summary>The class folders below a place, and its own images where they may lie there, unlabelled.</summary>
    private async IAsyncEnumerable<DatasetItem> ClassesAsync(Place place, Findings findings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in EntriesAsync(place.Prefix, findings, cancellationToken))
        {
            if (!entry.IsFolder)
            {
                if (place.OwnImages && Item(entry, place.Prefix, null, place.Split, findings) is { } own)
                {
                    yield return own;
                }
                else if (!place.OwnImages && ImageFiles.IsImage(entry.Name))
                {
                    findings.Tally("images beside the class folders have no class and are skipped", place.Prefix + entry.Name);
                }
            }
            else
            {
                var any = false;
                await foreach (var item in BelowAsync(place.Prefix + entry.Name + "/", entry.Name, place.Split, findings, cancellationToken))
                {
                    any = true;
                    yield return item;
                }

                if (!any)
                {
                    findings.Tally("class folders without any image", place.Prefix + entry.Name);
                }
            }
        }
    }

    private async IAsyncEnumerable<DatasetItem> BelowAsync(string prefix, string label, string split, Findings findings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in EntriesAsync(prefix, findings, cancellationToken))
        {
            if (entry.IsFolder)
            {
                await foreach (var item in BelowAsync(prefix + entry.Name + "/", label, split, findings, cancellationToken))
                {
                    yield return item;
                }
            }
            else if (Item(entry, prefix, label, split, findings) is { } item)
            {
                yield return item;
            }
        }
    }

    private static DatasetItem? Item(FolderEntry entry, string prefix, string? label, string split, Findings findings)
    {
        var path = prefix + entry.Name;
        if (!ImageFiles.IsImage(entry.Name))
        {
            findings.Tally($"files are skipped because they are not images ({ImageFiles.ExtensionList})", path);
            return null;
        }

        return new DatasetItem { Index = 0, Id = path, Path = path, Label = label, Split = split };
    }

    /// <summary>What counts in a folder: no hidden entries, no links out, no linked folders, not the masks.</summary>
    private async IAsyncEnumerable<FolderEntry> EntriesAsync(string prefix, Findings findings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in Images.EntriesAsync(prefix, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = prefix + entry.Name;
            if (ImageFiles.IsHidden(entry.Name) || (entry.IsFolder && Images.LocationOf(path) == maskFolder))
            {
                continue;
            }

            if (entry.IsLink && Images.Refusal(path) is { } reason)
            {
                findings.Problem($"'{Shown.Text(path)}' below {Images.Location} is refused: {reason}. Put the files themselves there.");
            }
            else if (entry.IsLink && entry.IsFolder)
            {
                findings.Tally("links to folders are not followed", path);
            }
            else if (Images.IsLost(path))
            {
                findings.Tally("names are not valid UTF-8 and are skipped", path);
            }
            else
            {
                yield return entry;
            }
        }
    }

    private sealed record Place(string Prefix, string Split, bool OwnImages);
}
