using BatchXai.TorchScript.Execution;
using BatchXai.TorchScript.Rewrite;

namespace BatchXai.TorchScript.Probe;

/// <summary>Runs a model on zero images, and finds out shapes, batch sizes and the last layer that everything passes.</summary>
internal static class ModelTrial
{
    // Batch sizes that models are traced with.
    private static readonly int[] Batches = [1, 2, 4, 8, 16, 32, 64];

    // The same value often has several names (a block, its last layer), so the search for a cut takes a few more tries than there are stages.
    private const int MostCuts = 64;

    internal static ProbeReport Run(ProbeJob job)
    {
        using var model = ScriptModel.Load(job.Archive, job.HasLayers, torch.CPU);
        using var scope = torch.NewDisposeScope();
        using var quiet = torch.no_grad();
        var (scores, batch) = FirstScores(model, job);
        using var images = Images(job, batch);
        var shapes = job.HasLayers ? model.Shapes(images) : [];
        var (logits, activation) = LogitsSearch.Find(model, images, shapes, scores);
        return new ProbeReport
        {
            Logits = logits,
            Activation = activation,
            Scores = scores.shape,
            FixedBatch = batch > 1 || !Runs(model, job, 2) ? batch : null,
            Shapes = shapes,
            Target = shapes.Where(layer => IsMap(layer.Value, job)).OrderByDescending(layer => layer.Key).Take(MostCuts)
                .Select(layer => (int?)layer.Key).FirstOrDefault(index => model.IsCut(images, new ScriptLayer(index!.Value, string.Empty, string.Empty))),
        };
    }

    private static (Tensor Scores, int Batch) FirstScores(ScriptModel model, ProbeJob job)
    {
        ScriptModelException? first = null;
        foreach (var batch in Batches)
        {
            try
            {
                using var images = Images(job, batch);
                return (model.Run(images), batch);
            }
            catch (ScriptModelException failure) when (failure.Problem == ScriptProblem.Failed)
            {
                first ??= failure;
            }
        }

        throw first!;
    }

    private static bool Runs(ScriptModel model, ProbeJob job, int batch)
    {
        try
        {
            using var images = Images(job, batch);
            using var scores = model.Run(images);
            return scores.shape is [var rows, ..] && rows == batch;
        }
        catch (ScriptModelException)
        {
            return false;
        }
    }

    /// <summary>A spatial activation N×D×h×w, not N×h×w×D: its grid keeps the aspect ratio of the image, up to a border.</summary>
    private static bool IsMap(long[] shape, ProbeJob job) =>
        shape is [_, _, var height, var width] && height * width > 1
        && Math.Abs(((double)height * job.Width / job.Height) - width) <= Math.Max(2, .1 * width);

    private static Tensor Images(ProbeJob job, int batch) => torch.zeros([batch, job.Channels, job.Height, job.Width], torch.float32);
}
