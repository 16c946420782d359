using BatchXai.Attribution.Methods;
using BatchXai.Worker.Batch;
using static TorchSharp.torch;

namespace BatchXai.Worker.Explain;

/// <summary>Takes a batch through the model on the torch thread.</summary>
internal sealed class BatchExplainer(AuditSession session, TorchThread torch)
{
    public async Task<ExplainedBatch> ExplainAsync(ImageBatch batch, StageTimes times, CancellationToken cancellationToken) =>
        batch.Readable.Count == 0
            ? new(batch, null)
            : new(batch, await torch.RunAsync(() => times.Time("explain", () => Explain(batch)), cancellationToken));

    private Explanation Explain(ImageBatch batch)
    {
        var model = session.Plan.Model;
        using var input = tensor(batch.Inputs, [batch.Readable.Count, model.Channels, model.Height, model.Width]);
        return session.Classifier.Explain(input, session.RequestFor([.. batch.Readable.Select(at => batch.Items[at])]));
    }
}
