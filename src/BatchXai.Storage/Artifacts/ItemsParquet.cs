using System.Globalization;
using System.Runtime.CompilerServices;
using BatchXai.Contracts.Results;
using Parquet;

namespace BatchXai.Storage.Artifacts;

/// <summary><c>items.parquet</c>: one row per item × method × target, with every measure; columns in README.md.</summary>
public static class ItemsParquet
{
    /// <summary>Version of the columns. Added columns keep it; a changed meaning raises it.</summary>
    public const int SchemaVersion = 1;

    /// <summary>Key of the version in the file's metadata.</summary>
    public const string VersionKey = "batchxai.items.version";

    /// <summary>Writes rows, in order. A number that is not finite becomes null. The stream stays the caller's.</summary>
    public static async Task WriteAsync(Stream stream, IReadOnlyList<ItemResult> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        await using var writer = await ParquetWriter.CreateAsync(
            ItemColumns.Schema, stream, new ParquetOptions { CompressionMethod = CompressionMethod.Snappy }, cancellationToken: cancellationToken);
        writer.CustomMetadata = new Dictionary<string, string> { [VersionKey] = SchemaVersion.ToString(CultureInfo.InvariantCulture) };
        using var group = writer.CreateRowGroup();
        foreach (var column in ItemColumns.All)
        {
            await column.WriteAsync(group, rows, cancellationToken);
        }
    }

    /// <summary>Reads rows, one row group at a time. A column that the file lacks leaves its default; a column that is not known is passed over. The stream must be able to seek and stays the caller's.</summary>
    /// <exception cref="InvalidDataException">Not such a file, or of a newer version.</exception>
    public static async IAsyncEnumerable<ItemResult> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var reader = await OpenAsync(stream, cancellationToken);
        var stored = reader.Schema.GetDataFields().ToDictionary(field => field.Name, StringComparer.Ordinal);
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            var rows = new ItemResult[checked((int)group.RowCount)];
            for (var row = 0; row < rows.Length; row++)
            {
                rows[row] = ItemColumns.EmptyRow();
            }

            foreach (var column in ItemColumns.All)
            {
                if (stored.TryGetValue(column.Name, out var field))
                {
                    await column.ReadAsync(group, field, rows, cancellationToken);
                }
            }

            foreach (var row in rows)
            {
                yield return row;
            }
        }
    }

    private static async Task<ParquetReader> OpenAsync(Stream stream, CancellationToken cancellationToken)
    {
        ParquetReader reader;
        try
        {
            reader = await ParquetReader.CreateAsync(stream, leaveStreamOpen: true, cancellationToken: cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new InvalidDataException($"Not a readable Parquet file: {error.Message}", error);
        }

        if (reader.CustomMetadata.GetValueOrDefault(VersionKey) is not { } version || version != SchemaVersion.ToString(CultureInfo.InvariantCulture))
        {
            var found = reader.CustomMetadata.GetValueOrDefault(VersionKey) ?? "none";
            await reader.DisposeAsync();
            throw new InvalidDataException($"Item rows of version {Shown.Text(found)}; this program reads version {SchemaVersion}.");
        }

        return reader;
    }
}
