using BatchXai.Storage.Blobs;

namespace BatchXai.Storage.Locations;

/// <summary>A folder of this machine.</summary>
internal sealed class FolderTree(string root) : FileTree
{
    private readonly RootedFolder folder = new(root);

    public override string Location => folder.Root;

    public override string LocationOf(string path) => Path.Combine(folder.Root, path);

    public override string? Refusal(string path) => folder.Refusal(path);

    public override ValueTask<bool> ExistsAsync(string path, CancellationToken cancellationToken) =>
        ValueTask.FromResult(RelativePath.Refusal(path) is null && File.Exists(LocationOf(path)) && Refusal(path) is null);

    public override bool IsLost(string path) => path.Contains('\uFFFD') && !Path.Exists(LocationOf(path));

    public override IAsyncEnumerable<FolderEntry> EntriesAsync(string folder, CancellationToken cancellationToken) =>
        SortedFolder.Entries(LocationOf(folder)).ToAsyncEnumerable();
}
