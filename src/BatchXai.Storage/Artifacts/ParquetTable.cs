using System.Globalization;
using System.Runtime.CompilerServices;
using Parquet;
using Parquet.Schema;

namespace BatchXai.Storage.Artifacts;

/// <summary>A table of rows as one Parquet file that says its version.</summary>
/// <param name="name">What its rows are called in errors.</param>
/// <param name="version">Version of the columns.</param>
/// <param name="versionKey">Key of the version in the file's metadata.</param>
/// <param name="columns">The columns, in order.</param>
/// <param name="empty">A row to be filled: every column that is there sets its property.</param>
internal sealed class ParquetTable<TRow>(string name, int version, string versionKey, IReadOnlyList<RowColumn<TRow>> columns, Func<TRow> empty)
{
    private readonly string version = version.ToString(CultureInfo.InvariantCulture);

    // One for all files: a new schema sets the levels of its fields anew, through zero, and a file being written elsewhere with the same fields would lose its nulls.
    private readonly ParquetSchema schema = new(columns.Select(column => column.Field));

    public async Task WriteAsync(Stream stream, IReadOnlyList<TRow> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        await using var writer = await ParquetWriter.CreateAsync(schema, stream, new ParquetOptions { CompressionMethod = CompressionMethod.Snappy }, cancellationToken: cancellationToken);
        writer.CustomMetadata = new Dictionary<string, string> { [versionKey] = version };
        using var group = writer.CreateRowGroup();
        foreach (var column in columns)
        {
            await column.WriteAsync(group, rows, cancellationToken);
        }
    }

    public async IAsyncEnumerable<TRow> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var reader = await OpenAsync(stream, cancellationToken);
        var stored = reader.Schema.GetDataFields().ToDictionary(field => field.Name, StringComparer.Ordinal);
        for (var i = 0; i < reader.RowGroupCount; i++)
        {
            using var group = reader.OpenRowGroupReader(i);
            var rows = new TRow[checked((int)group.RowCount)];
            for (var row = 0; row < rows.Length; row++)
            {
                rows[row] = empty();
            }

            foreach (var column in columns)
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

    private async Task<ParquetReader> OpenAsync(Stream stream, CancellationToken cancellationToken)
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

        if (reader.CustomMetadata.GetValueOrDefault(versionKey) is not { } found || found != version)
        {
            var shown = reader.CustomMetadata.GetValueOrDefault(versionKey) ?? "none";
            await reader.DisposeAsync();
            throw new InvalidDataException($"{name} of version {Shown.Text(shown)}; this program reads version {version}.");
        }

        return reader;
    }
}
