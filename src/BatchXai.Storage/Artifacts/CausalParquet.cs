using BatchXai.Contracts.Results;

namespace BatchXai.Storage.Artifacts;

/// <summary><c>causal.parquet</c>: one row per item × causal test × fill; columns in README.md.</summary>
public static class CausalParquet
{
    /// <summary>Version of the columns. Added columns keep it; a changed meaning raises it.</summary>
    public const int SchemaVersion = 1;

    /// <summary>Key of the version in the file's metadata.</summary>
    public const string VersionKey = "batchxai.causal.version";

    /// <summary>The columns: the properties of <see cref="CausalResult"/> in order.</summary>
    internal static IReadOnlyList<RowColumn<CausalResult>> Columns { get; } = [.. RowColumns<CausalResult>.Of(_ => true)];

    private static readonly ParquetTable<CausalResult> Table = new(
        "Causal rows",
        SchemaVersion,
        VersionKey,
        Columns,
        () => new() { Item = 0, Split = "", MaskKind = default, Test = default, Fill = default, Status = default });

    /// <summary>Writes rows, in order. A number that is not finite becomes null. The stream stays the caller's.</summary>
    public static Task WriteAsync(Stream stream, IReadOnlyList<CausalResult> rows, CancellationToken cancellationToken) => Table.WriteAsync(stream, rows, cancellationToken);

    /// <summary>Reads rows, one row group at a time. A column that the file lacks leaves its default; a column that is not known is passed over. The stream must be able to seek and stays the caller's.</summary>
    /// <exception cref="InvalidDataException">Not such a file, or of a newer version.</exception>
    public static IAsyncEnumerable<CausalResult> ReadAsync(Stream stream, CancellationToken cancellationToken) => Table.ReadAsync(stream, cancellationToken);
}
