using System.Diagnostics;
using BatchXai.Cli.Embedded;
using BatchXai.Cli.Output;
using BatchXai.Cli.Planted;
using BatchXai.Contracts;
using BatchXai.Contracts.Audits;
using BatchXai.Contracts.Datasets;
using BatchXai.Contracts.Models;
using BatchXai.Onnx.Torch;
using static TorchSharp.torch;

namespace BatchXai.Cli.Selftest;

/// <summary>Makes and audits every model of a profile, two side by side; those that an earlier run finished are only read.</summary>
internal sealed class ZooRun(Screen screen, ZooFolder folder, ZooProfile profile) : IDisposable
{
    /// <summary>Audits share the machine's torch threads and its disk: one at a time, beside the training of another model.</summary>
    private readonly SemaphoreSlim auditing = new(1);
    private int done;

    private ZooSets Sets => new(folder, profile);

    /// <summary>Runs it; results in the order of the profile.</summary>
    /// <exception cref="UserErrorException">The folder cannot be used, torch cannot be loaded, or an audit failed.</exception>
    public async Task<IReadOnlyList<ZooModelResult>> RunAsync(CancellationToken cancellationToken)
    {
        LibTorch.EnsureLoaded();
        folder.Prepare();
        await Sets.WriteAsync(cancellationToken);
        var results = new ZooModelResult[profile.Models.Count];
        var threads = get_num_threads();
        try
        {
            // One thread a network: layers this small only wait for each other on two.
            set_num_threads(1);
            await Parallel.ForAsync(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancellationToken }, async (i, stop) =>
                results[i] = await OneAsync(profile.Models[i], stop));
            return results;
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => auditing.Dispose();

    private async Task<ZooModelResult> OneAsync(ZooModel model, CancellationToken cancellationToken)
    {
        var training = (model.Kind == ZooModelKind.Memoriser ? profile.Memorising : profile.Training) with { Seed = model.Seed };
        if (folder.ReadResult(model, training) is { } found)
        {
            Tell(found, " (done before)");
            return found;
        }

        var made = folder.ReadMade(model, training) ?? await MakeAsync(model, training, cancellationToken);
        await auditing.WaitAsync(cancellationToken);
        try
        {
            var clock = Stopwatch.StartNew();
            var (scores, verdict) = await AuditAsync(model, Sets.Splits(model), model.Name, ZooSets.Test, CausalChoice.Sampled, cancellationToken);
            var small = model.IsCleanByDesign ? await AuditAsync(model, Sets.SmallObjects(model), $"{model.Name}-small", ZooSets.NoSplit, CausalChoice.Sampled, cancellationToken) : default;
            var maps = model.Planting.Cue is PlantedCue.Blur or PlantedCue.ObjectColour ? await AuditAsync(model, Sets.Balanced(model), $"{model.Name}-maps", ZooSets.NoSplit, CausalChoice.Off, cancellationToken) : default;
            var result = new ZooModelResult
            {
                Made = made,
                Audit = scores,
                Verdict = verdict,
                SmallObjects = small.Scores,
                SmallVerdict = small.Verdict,
                MapsOnly = maps.Verdict,
                AuditSeconds = clock.Elapsed.TotalSeconds,
            };
            folder.Write(result);
            Tell(result, $", training {made.Seconds:0} s, audit {result.AuditSeconds:0} s");
            return result;
        }
        finally
        {
            auditing.Release();
        }
    }

    private async Task<MadeModel> MakeAsync(ZooModel model, TrainingPlan training, CancellationToken cancellationToken)
    {
        var made = await Task.Factory.StartNew(
            () => ZooModelMaker.Make(model, training, profile.AuditImages, folder.Model(model.Name), cancellationToken),
            cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        folder.Write(made);
        return made;
    }

    private async Task<(DetectionScores Scores, AuditVerdict Verdict)> AuditAsync(
        ZooModel model, DatasetSpec dataset, string name, string split, CausalChoice causal, CancellationToken cancellationToken)
    {
        var request = new AuditRequest
        {
            Name = "self-test",
            Model = new() { Path = folder.Model(model.Name), Labels = folder.Labels, Preprocess = new PreprocessSpec { Mean = [.5], Std = [.5], Fit = FitMode.Squash } },
            Dataset = dataset,
            Targets = TargetChoice.Both,
            Causal = causal,
            Overlays = OverlayChoice.None,
            BatchSize = 64,
        };
        var ended = await EmbeddedAudit.RunAsync(request, folder.Audit(name), fresh: true, new Progress<AuditProgress>(), cancellationToken);
        var report = ended.Report ?? throw new UserErrorException($"the audit of the model '{model.Name}' failed: {ended.Error}");
        return (await DetectionScores.ReadAsync(folder.Audit(name), split, cancellationToken), AuditVerdict.Of(report));
    }

    private void Tell(ZooModelResult result, string more) => screen.Note(
        $"{Interlocked.Increment(ref done),3} of {profile.Models.Count}  {result.Model.Name}: balanced accuracy {result.Made.BalancedAccuracy:P0}, reliance {result.Made.Reliance.Value:0.00} " +
        $"[{result.Made.Reliance.Low:0.00} … {result.Made.Reliance.High:0.00}], focus κ {-result.Audit.Values[DetectionScores.Focus]:0.00}, net flip rate {result.Audit.Values[CausalScores.NetFlipRate]:0.00}, {result.Verdict.State.ToString().ToUpperInvariant()}, {result.Verdict.Finding}{more}");
}
