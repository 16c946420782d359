using BatchXai.Onnx.Graph;

namespace BatchXai.Onnx;

/// <summary>
/// Frees the batch axis of a model that was traced with a fixed number of images: shapes that were written down as constants are computed
/// from the input again. Nothing proves that a leading axis is the batch, so whoever uses the result must compare it with the original.
/// </summary>
public static class BatchPatch
{
    /// <summary>The rewritten model; null when there is no constant to free.</summary>
    /// <param name="model">A model whose functions are inlined.</param>
    /// <param name="input">The input with the batch axis, the first.</param>
    /// <param name="batch">Number of images that the model was traced with.</param>
    public static OnnxModel? WithFreeBatch(OnnxModel model, string input, long batch)
    {
        ArgumentNullException.ThrowIfNull(model);
        var rewriting = new BatchRewriting(model.Graph, input, batch);
        return rewriting.Rewrite() is { } graph ? model.With(graph) : null;
    }
}
