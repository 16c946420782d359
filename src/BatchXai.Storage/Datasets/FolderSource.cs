using System.Runtime.CompilerServices;
using BatchXai.Contracts.Datasets;
using BatchXai.Storage.Blobs;

namespace BatchXai.Storage.Datasets;

/// <summary>Images in folders, in ordinal order of their paths. Holds one folder's names at a time.</summary>
internal sealed class FolderSource(RootedFolder images, DatasetFormat format, string? maskFolder) : ItemSource(images, format)
{
    public override string LookedFor =>
        $"'class/image', 'split/class/image' (splits: {string.Join(", ", FolderLayout.SplitNames)}) or images directly in the folder, as {ImageFiles.ExtensionList}";

    public override async IAsyncEnumerable<SourceItem> ReadAsync(Findings findings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var item in Format == DatasetFormat.SplitFolders ? Splits(findings) : Classes(new Place("", "all", Format == DatasetFormat.FlatFolder), findings))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new(item, 0);
        }

        await Task.CompletedTask;
    }

    private IEnumerable<DatasetItem> Splits(Findings findings) =>
        Entries("", findings).Where(entry => entry.IsFolder).SelectMany(entry => Classes(new Place(entry.Name + "/", entry.Name.ToLowerInvariant(), true), findings));

    /// <summary>The class folders below a place, and its own images where they may lie there, unlabelled.</summary>
    private IEnumerable<DatasetItem> Classes(Place place, Findings findings)
    {
        foreach (var entry in Entries(place.Prefix, findings))
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
                foreach (var item in Below(place.Prefix + entry.Name + "/", entry.Name, place.Split, findings))
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

    private IEnumerable<DatasetItem> Below(string prefix, string label, string split, Findings findings)
    {
        foreach (var entry in Entries(prefix, findings))
        {
            if (entry.IsFolder)
            {
                foreach (var item in Below(prefix + entry.Name + "/", label, split, findings))
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
    private IEnumerable<FolderEntry> Entries(string prefix, Findings findings)
    {
        foreach (var entry in SortedFolder.Entries(Path.Combine(Images.Root, prefix)))
        {
            var path = prefix + entry.Name;
            if (ImageFiles.IsHidden(entry.Name) || (entry.IsFolder && Path.Combine(Images.Root, path) == maskFolder))
            {
                continue;
            }

            if (entry.IsLink && Images.Refusal(path) is { } reason)
            {
                findings.Problem($"'{Shown.Text(path)}' below {Images.Root} is refused: {reason}. Put the files themselves there.");
            }
            else if (entry.IsLink && entry.IsFolder)
            {
                findings.Tally("links to folders are not followed", path);
            }
            else if (entry.Name.Contains('\uFFFD') && !Path.Exists(Path.Combine(Images.Root, path)))
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
