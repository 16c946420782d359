using BatchXai.Attribution.Methods;
using BatchXai.Contracts.Results;
using BatchXai.Worker.Decode;

namespace BatchXai.Worker.Measure;

/// <summary>One item at its end: its rows, and the heatmap behind each row that has one.</summary>
internal sealed record MeasuredItem(DecodedImage Image, IReadOnlyList<MeasuredRow> Rows);

/// <summary>One row of results with its raw heatmap; null: no heatmap.</summary>
internal sealed record MeasuredRow(ItemResult Result, Heatmap? Heatmap);
