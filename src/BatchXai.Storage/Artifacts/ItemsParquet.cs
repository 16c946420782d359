using BatchXai.Contracts.Results;

namespace BatchXai.Storage.Artifacts;

/// <summary><c>items.parquet</c>: one row per item × method × target, with every measure; columns in README.md.</summary>
public static class ItemsParquet
{
    /// <summary>Version of the columns. Added columns keep it; a changed meaning raises it.</summary>
    public const int SchemaVersion = 1;

    /// <summary>Key of the version in the file's metadata.</summary>
    public const string VersionKey = "batchxai.items.version";

    private static readonly ParquetTable<ItemResult> Table = new("Item rows", SchemaVersion, VersionKey, ItemColumns.All, ItemColumns.EmptyRow);

    /// <summary>Writes rows, in order. A number that is not finite becomes null. The stream stays the caller's.</summary>
    public static Task WriteAsync(Stream stream, IReadOnlyList<ItemResult> rows, CancellationToken cancellationToken) => Table.WriteAsync(stream, rows, cancellationToken);

    /// <summary>Reads rows, one row group at a time. A column that the file lacks leaves its default; a column that is not known is passed over. The stream must be able to seek and stays the caller's.</summary>
    /// <exception cref="InvalidDataException">Not such a file, or of a newer version.</exception>
    public static IAsyncEnumerable<ItemResult> ReadAsync(Stream stream, CancellationToken cancellationToken) => Table.ReadAsync(stream, cancellationToken);
}
