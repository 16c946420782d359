using BatchXai.Attribution.Methods;
using BatchXai.Worker.Batch;

namespace BatchXai.Worker.Explain;

/// <summary>A batch with its predictions and heatmaps; rows of the explanation are the readable items of the batch.</summary>
internal sealed record ExplainedBatch(ImageBatch Batch, Explanation? Explanation);
