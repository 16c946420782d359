using System.Threading.Channels;
using BatchXai.Contracts.Datasets;
using BatchXai.Contracts.Results;
using BatchXai.Contracts.Shards;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using BatchXai.Worker.Batch;
using BatchXai.Worker.Causal;
using BatchXai.Worker.Decode;
using BatchXai.Worker.Encode;
using BatchXai.Worker.Explain;
using BatchXai.Worker.Fetch;
using BatchXai.Worker.Measure;
using BatchXai.Worker.Sanity;
using BatchXai.Worker.Store;

namespace BatchXai.Worker;

/// <summary>
/// The life of an image: fetch → decode → batch → explain → causal tests, for some → measure → encode → store. Three parts run side by side, joined by two bounded
/// channels: fetching and decoding on the pool, explaining on the torch thread, the rest on the pool again.
/// </summary>
internal sealed class ShardPipeline(AuditSession session, IBlobStore blobs, TorchThread torch, StageTimes times, ShardProgress progress)
{
    private readonly int batchSize = session.Plan.Request.BatchSize;
    private readonly int valuesPerImage = session.Plan.Model.Channels * session.Plan.Model.Height * session.Plan.Model.Width;
    private readonly CausalStage causal = new(session, torch, times, progress);
    private readonly SanityStage sanity = new(session, torch, times, progress);

    /// <summary>
    /// Explains the shard and stores its artifacts under the run's own address. Returns the numbers of items and of rows of causal tests. When <paramref name="stopping"/> comes after the
    /// last item, the artifacts are completed all the same; only <paramref name="cancelled"/> stops that.
    /// </summary>
    public async Task<(int Items, int CausalRows)> RunAsync(ExplainShard shard, Guid runId, CancellationToken stopping, CancellationToken cancelled)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancelled);
        var decoded = Channel.CreateBounded<Task<DecodedImage>>(batchSize * 2);
        var explained = Channel.CreateBounded<ExplainedBatch>(1);
        var store = StoreAsync(explained.Reader, shard, runId, stop.Token, cancelled);
        Task[] parts =
        [
            FailFast(DecodeAsync(shard, decoded.Writer, stop.Token), decoded.Writer, stop),
            FailFast(ExplainAsync(decoded.Reader, explained.Writer, stop.Token), explained.Writer, stop),
            FailFast<ExplainedBatch>(store, null, stop),
        ];
        await Task.WhenAll(parts);
        return (await store, causal.Rows.Count);
    }

    private async Task DecodeAsync(ExplainShard shard, ChannelWriter<Task<DecodedImage>> output, CancellationToken cancellationToken)
    {
        var fetcher = new ImageFetcher(session.Images, session.Masks);
        var decoder = new ItemDecoder(session.Plan);
        var hands = new SemaphoreSlim(Environment.ProcessorCount);
        await using var manifest = await blobs.OpenReadAsync(ArtifactAddresses.Manifest(shard.AuditId, shard.Shard), cancellationToken);
        await foreach (var item in ManifestLines.ReadAsync(manifest, cancellationToken))
        {
            await hands.WaitAsync(cancellationToken);
            progress.Begin(item);
            // Tasks travel in manifest order, so results do too, whichever image is decoded first.
            await output.WriteAsync(Task.Run(() => DecodeOneAsync(item, fetcher, decoder, hands, cancellationToken), cancellationToken), cancellationToken);
        }
    }

    private async Task<DecodedImage> DecodeOneAsync(DatasetItem item, ImageFetcher fetcher, ItemDecoder decoder, SemaphoreSlim hands, CancellationToken cancellationToken)
    {
        try
        {
            var fetched = await times.TimeAsync("fetch", () => fetcher.FetchAsync(item, cancellationToken));
            return times.Time("decode", () => decoder.Decode(fetched));
        }
        finally
        {
            progress.Move();
            hands.Release();
        }
    }

    private async Task ExplainAsync(ChannelReader<Task<DecodedImage>> input, ChannelWriter<ExplainedBatch> output, CancellationToken cancellationToken)
    {
        var explainer = new BatchExplainer(session, torch);
        var items = new List<DecodedImage>(batchSize);
        var fitting = new FittingBatch(batchSize);
        await foreach (var task in input.ReadAllAsync(cancellationToken))
        {
            items.Add(await task);
            if (items.Count == fitting.Most)
            {
                await fitting.RunAsync(items, ExplainBatchAsync);
                items.Clear();
                await causal.RunAsync(isLast: false, cancellationToken);
            }
        }

        await fitting.RunAsync(items, ExplainBatchAsync);
        await causal.RunAsync(isLast: true, cancellationToken);
        await sanity.RunAsync(cancellationToken);

        async Task ExplainBatchAsync(List<DecodedImage> part)
        {
            var explained = await explainer.ExplainAsync(ImageBatch.Pack(part, valuesPerImage), times, cancellationToken);
            progress.Move();
            await output.WriteAsync(explained, cancellationToken);
            causal.Add(explained, cancellationToken);
            sanity.Add(explained);
        }
    }

    private async Task<int> StoreAsync(ChannelReader<ExplainedBatch> input, ExplainShard shard, Guid runId, CancellationToken cancellationToken, CancellationToken cancelled)
    {
        var measurer = new ItemMeasurer(session);
        var encoder = new HeatmapEncoder(session.Plan);
        await using var artifacts = new ShardArtifacts(shard, runId, blobs, progress);
        await foreach (var batch in input.ReadAllAsync(cancellationToken))
        {
            var measured = times.Time("measure", () => measurer.Measure(batch, cancellationToken));
            var encoded = times.Time("encode", () => encoder.Encode(measured));
            await times.TimeAsync("store", async () => { await artifacts.AddAsync(encoded, cancellationToken); return true; });
            foreach (var item in measured)
            {
                WorkerMetrics.Item(item.Rows[0].Result.Outcome);
            }

            progress.Add(measured.Count, measured.Count(item => item.Rows[0].Result.Outcome is ItemOutcome.Unreadable or ItemOutcome.NonFinite or ItemOutcome.Failed));
        }

        return await times.TimeAsync("store", () => artifacts.CompleteAsync(causal.Rows, causal.Evidence, sanity.Result, cancelled));
    }

    /// <summary>The first part to fail stops the others, and its error is the one that is seen.</summary>
    private static async Task FailFast<T>(Task part, ChannelWriter<T>? output, CancellationTokenSource stop)
    {
        try
        {
            await part;
            output?.Complete();
        }
        catch (Exception failure)
        {
            output?.TryComplete(failure);
            await stop.CancelAsync();
            throw;
        }
    }
}
