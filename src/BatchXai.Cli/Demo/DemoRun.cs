using BatchXai.Cli.Embedded;
using BatchXai.Cli.Output;
using BatchXai.Cli.Planted;
using BatchXai.Cli.Serve;
using BatchXai.Contracts;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Models;
using BatchXai.Onnx.Torch;
using static TorchSharp.torch;

namespace BatchXai.Cli.Demo;

/// <summary>The demo from nothing to two reports: audit set, then for each model training, ONNX file, audit by the normal pipeline.</summary>
internal sealed class DemoRun(Screen screen, DemoFolder folder, DemoPlan plan)
{
    /// <summary>Runs it.</summary>
    /// <exception cref="UserErrorException">The folder cannot be used, torch cannot be loaded, or an audit failed.</exception>
    public async Task<DemoResult> RunAsync(CancellationToken cancellationToken)
    {
        LibTorch.EnsureLoaded();
        folder.Prepare();
        screen.Note($"1/4  drawing {plan.AuditImages:N0} audit images: {PlantedShortcutGenerator.Classes} shapes, each on every background alike");
        var audit = new PlantedShortcutGenerator(plan.Training.Size, plan.BalancedCorrelation, plan.AuditImagesSeed);
        await AuditSet.WriteAsync(audit, plan.AuditImages, folder.Images, folder.Masks, cancellationToken);
        await File.WriteAllLinesAsync(folder.Labels, Shape.All.Select(shape => shape.Name), cancellationToken);

        var (biased, balanced) = await TrainBothAsync(cancellationToken);
        return new DemoResult(
            await AuditAsync("3/4", "biased", biased, cancellationToken),
            await AuditAsync("4/4", "balanced", balanced, cancellationToken));
    }

    private async Task<(TrainedModel Biased, TrainedModel Balanced)> TrainBothAsync(CancellationToken cancellationToken)
    {
        var biased = new PlantedShortcutGenerator(plan.Training.Size, plan.BiasedCorrelation, plan.TrainingImagesSeed);
        var balanced = new PlantedShortcutGenerator(plan.Training.Size, plan.BalancedCorrelation, plan.TrainingImagesSeed);
        screen.Note($"2/4  training two models on {plan.Training.Images:N0} images each: the background belongs to the class in " +
            $"{biased.OwnCueProbability:P0} of them (biased), or in {balanced.OwnCueProbability:P0}, as by chance (balanced)");
        var threads = get_num_threads();
        try
        {
            // One thread a network: layers this small only wait for each other on two, and badly so on a busy machine.
            set_num_threads(1);
            var trained = await TrainingProgressView.WatchAsync(screen, ["biased", "balanced"], progress => Task.WhenAll(
                TrainAsync("biased", biased, plan.BiasedCorrelation, progress[0], cancellationToken),
                TrainAsync("balanced", balanced, plan.BalancedCorrelation, progress[1], cancellationToken)));
            return (trained[0], trained[1]);
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    /// <summary>Trains a model, on a thread of its own, and writes it.</summary>
    private Task<TrainedModel> TrainAsync(
        string name, PlantedShortcutGenerator images, double correlation, IProgress<TrainingProgress> progress, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(
            () =>
            {
                using var network = TinyCnnTrainer.Train(images, plan.Training, progress, cancellationToken);
                File.WriteAllBytes(folder.Model(name), TinyCnnExport.ToOnnx(network, plan.Training.Size));
                var test = new PlantedShortcutGenerator(plan.Training.Size, correlation, plan.TestImagesSeed);
                return new TrainedModel(
                    images.OwnCueProbability, TinyCnnTrainer.BalancedAccuracy(network, test, plan.AuditImages, plan.Training.Size, cancellationToken));
            },
            cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private async Task<DemoModelResult> AuditAsync(string step, string name, TrainedModel made, CancellationToken cancellationToken)
    {
        AuditedFolders.OfUser().Note(folder.Audit(name), screen);
        screen.Note($"{step}  auditing the model '{name}' with {string.Join(", ", MethodNames.All)}");
        var ended = await LiveAuditProgress.WatchAsync(screen, TimeProvider.System, progress =>
            EmbeddedAudit.RunAsync(Request(name), folder.Audit(name), fresh: true, progress, cancellationToken));
        return ended.Report is null
            ? throw new UserErrorException($"the audit of the model '{name}' failed: {ended.Error}")
            : new DemoModelResult(name, made.SameFamily, made.Accuracy, ended);
    }

    private AuditRequest Request(string name) => new()
    {
        Name = $"demo, {name} model",
        Model = new() { Path = folder.Model(name), Labels = folder.Labels, Preprocess = new PreprocessSpec { Mean = [.5], Std = [.5], Fit = FitMode.Squash } },
        Dataset = new() { Path = folder.Images, Masks = folder.Masks },
        Methods = MethodNames.All,
        BatchSize = 64,
    };

    /// <param name="SameFamily">Share of its training images whose background belongs to the class.</param>
    /// <param name="Accuracy">Balanced accuracy on fresh images of that kind.</param>
    private sealed record TrainedModel(double SameFamily, double Accuracy);
}
