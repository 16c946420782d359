using TorchSharp;
using static TorchSharp.torch;

namespace BatchXai.Cli.Planted;

/// <summary>Trains a <see cref="TinyCnn"/> with Adam and cross-entropy. Seeded: same plan and images, same network on the same machine.</summary>
internal static class TinyCnnTrainer
{
    private static readonly Lock DefaultGenerator = new();

    /// <summary>Trains on images as <paramref name="generator"/> makes them. The caller owns the network.</summary>
    /// <exception cref="OperationCanceledException">Cancelled, within one batch.</exception>
    public static TinyCnn Train(
        PlantedShortcutGenerator generator, TrainingPlan plan, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        using var drawn = ImageSet.Draw(generator, plan.Images, plan.Size, cancellationToken);
        using var images = drawn.WithLabelNoise(plan.LabelNoise, plan.Seed);
        var network = Initialise(plan);
        try
        {
            using var optimizer = new Adam(network.parameters());
            var random = new SeededRandom((ulong)(uint)plan.Seed);
            for (var epoch = 0; epoch < plan.Epochs; epoch++)
            {
                var done = TrainEpoch(network, optimizer, images, random.Permutation(plan.Images), plan, epoch, cancellationToken);
                progress.Report(done);
                if (done.Accuracy >= plan.EnoughAccuracy)
                {
                    break;
                }
            }

            network.eval();
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Mean over the classes of the share of images that are classified right, on the first <paramref name="count"/> images.</summary>
    public static double BalancedAccuracy(TinyCnn network, PlantedShortcutGenerator generator, int count, int size, CancellationToken cancellationToken)
    {
        using var images = ImageSet.Draw(generator, count, size, cancellationToken);
        return Right(network, images).Zip(images.Labels.data<long>().ToArray()).GroupBy(item => item.Second).Average(c => c.Average(item => item.First ? 1.0 : 0));
    }

    /// <summary>Which images are classified right.</summary>
    public static bool[] Right(TinyCnn network, ImageSet images)
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        return network.call(images.Inputs).argmax(1).eq(images.Labels).data<bool>().ToArray();
    }

    /// <summary>A network with random weights, ready to be used. The caller owns it.</summary>
    public static TinyCnn Untrained(TrainingPlan plan)
    {
        var network = Initialise(plan);
        network.eval();
        return network;
    }

    private static TinyCnn Initialise(TrainingPlan plan)
    {
        // Random weights come out of one generator that all threads share.
        lock (DefaultGenerator)
        {
            manual_seed(plan.Seed);
            return new TinyCnn(plan.Channels, PlantedShortcutGenerator.Classes, plan.BatchNorm);
        }
    }

    private static TrainingProgress TrainEpoch(
        TinyCnn network, Adam optimizer, ImageSet images, long[] order, TrainingPlan plan, int epoch, CancellationToken cancellationToken)
    {
        var (loss, right) = (0.0, 0.0);
        for (var start = 0; start < order.Length; start += plan.BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var batch = order[start..Math.Min(start + plan.BatchSize, order.Length)];
            var (batchLoss, batchRight) = Step(network, optimizer, images, batch, LearningRate(plan, epoch + ((double)start / order.Length)));
            loss += batchLoss * batch.Length;
            right += batchRight;
        }

        return new TrainingProgress(epoch + 1, plan.Epochs, loss / order.Length, right / order.Length);
    }

    private static (double Loss, long Right) Step(TinyCnn network, Adam optimizer, ImageSet images, long[] batch, double learningRate)
    {
        using var scope = NewDisposeScope();
        var chosen = tensor(batch);
        var targets = images.Labels.index_select(0, chosen);
        var scores = network.call(images.Inputs.index_select(0, chosen));
        var loss = nn.functional.cross_entropy(scores, targets);
        loss.backward();
        optimizer.Step(learningRate);
        return (loss.item<float>(), scores.argmax(1).eq(targets).sum().item<long>());
    }

    private static double LearningRate(TrainingPlan plan, double epoch) => plan.LearningRate * (1 + Math.Cos(Math.PI * epoch / plan.Epochs)) / 2;
}
