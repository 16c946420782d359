using BatchXai.Contracts.Results;

namespace BatchXai.Worker.Encode;

/// <summary>One item ready to be stored.</summary>
internal sealed record EncodedItem(IReadOnlyList<EncodedRow> Rows);

/// <summary>One row with its stored heatmap and overlay.</summary>
/// <param name="Result">The row.</param>
/// <param name="Map">Heatmap at the stored grid; null: none.</param>
/// <param name="Overlay">Rendered overlay, PNG; null: not wanted.</param>
internal sealed record EncodedRow(ItemResult Result, StoredMap? Map, byte[]? Overlay);

/// <summary>A heatmap at the grid at which it is stored.</summary>
internal sealed record StoredMap(float[] Values, int Height, int Width);
