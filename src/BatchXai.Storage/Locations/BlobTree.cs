using BatchXai.Storage.Blobs;

namespace BatchXai.Storage.Locations;

/// <summary>Blobs below a prefix. Whether one exists is told from a listing of its folder, which is kept: never one request a file.</summary>
internal sealed class BlobTree(AzureBlobStore store) : FileTree
{
    /// <summary>Names kept at most, 16 bytes each; the folder asked for last stays whatever it has.</summary>
    private const int MostNames = 2_000_000;

    private readonly Dictionary<string, Listed> folders = new(StringComparer.Ordinal);
    private long names;
    private long asked;

    public override string Location => store.Root;

    public override string LocationOf(string path) => $"{store.Root}/{path}";

    public override string? Refusal(string path) => RelativePath.Refusal(path);

    public override async ValueTask<bool> ExistsAsync(string path, CancellationToken cancellationToken)
    {
        if (Refusal(path) is not null)
        {
            return false;
        }

        var slash = path.LastIndexOf('/') + 1;
        var (folder, name) = (path[..slash], path[slash..]);
        if (!folders.TryGetValue(folder, out var known))
        {
            known = new Listed(await ListAsync(folder, cancellationToken));
            Forget(known.Names.Length);
            folders[folder] = known;
            names += known.Names.Length;
        }

        known.Asked = ++asked;
        return known.Names.AsSpan().BinarySearch(NameHash.Of(name)) >= 0;
    }

    public override bool IsLost(string path) => false;

    public override IAsyncEnumerable<FolderEntry> EntriesAsync(string folder, CancellationToken cancellationToken) => store.EntriesAsync(folder, cancellationToken);

    private async Task<UInt128[]> ListAsync(string folder, CancellationToken cancellationToken)
    {
        var found = new List<UInt128>();
        await foreach (var entry in store.EntriesAsync(folder, cancellationToken))
        {
            if (!entry.IsFolder)
            {
                found.Add(NameHash.Of(entry.Name));
            }
        }

        found.Sort();
        return [.. found];
    }

    /// <summary>Makes room for so many names: the folders go that were not asked for the longest.</summary>
    private void Forget(int coming)
    {
        while (names + coming > MostNames && folders.Count > 0)
        {
            var (folder, oldest) = folders.MinBy(known => known.Value.Asked);
            folders.Remove(folder);
            names -= oldest.Names.Length;
        }
    }

    private sealed class Listed(UInt128[] names)
    {
        public UInt128[] Names { get; } = names;

        public long Asked { get; set; }
    }
}
