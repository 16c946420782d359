using System.Runtime.CompilerServices;
using System.Text.Json;
using BatchXai.Contracts.Datasets;

namespace BatchXai.Storage.Artifacts;

/// <summary>A shard's items as JSON Lines: one <see cref="DatasetItem"/> a line, each ended by LF.</summary>
public static class ManifestLines
{
    /// <summary>One item as its line, the LF included. The SHA-256 over all lines of all shards in order is the dataset's hash.</summary>
    public static byte[] Line(DatasetItem item) => [.. JsonSerializer.SerializeToUtf8Bytes(item, StorageJson.Options), (byte)'\n'];

    /// <summary>Writes items as they come.</summary>
    public static async Task WriteAsync(Stream stream, IEnumerable<DatasetItem> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(items);
        foreach (var item in items)
        {
            await stream.WriteAsync(Line(item), cancellationToken);
        }
    }

    /// <summary>Reads items as they come.</summary>
    /// <exception cref="InvalidDataException">A line is not an item.</exception>
    public static async IAsyncEnumerable<DatasetItem> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var items = JsonSerializer.DeserializeAsyncEnumerable<DatasetItem>(stream, topLevelValues: true, StorageJson.Options, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        for (var number = 1; await MoveAsync(items, number); number++)
        {
            yield return items.Current ?? throw new InvalidDataException($"Item {number} of the manifest is null.");
        }
    }

    private static async ValueTask<bool> MoveAsync(IAsyncEnumerator<DatasetItem?> items, int number)
    {
        try
        {
            return await items.MoveNextAsync();
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"Item {number} of the manifest is damaged: {error.Message}", error);
        }
    }
}
