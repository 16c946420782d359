using BatchXai.Cli.Planted;
using BatchXai.Contracts.Datasets;

namespace BatchXai.Cli.Selftest;

/// <summary>
/// What a model is audited on: images in which cue and class are independent (split test, the one that scores are taken from), fresh images of the kind that it
/// was trained on (validation), and the first of those that it was trained on (train). Every model has all three; which cue is planted, and where, no audit is told.
/// </summary>
internal sealed class ZooSets(ZooFolder folder, ZooProfile profile)
{
    /// <summary>The split that scores are taken from.</summary>
    public const string Test = "test";

    /// <summary>The split of fresh images of the kind that the model was trained on.</summary>
    public const string Validation = "validation";

    /// <summary>The split of images in a folder.</summary>
    public const string NoSplit = "all";

    private const int TestSeed = 7;
    private const int ValidationSeed = 11;
    private const double SmallArea = .5;

    /// <summary>Draws what the profile's models are audited on.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        foreach (var set in profile.Models.SelectMany(Parts).DistinctBy(set => set.Folder))
        {
            var images = new PlantedShortcutGenerator(profile.Training.Size, set.Planting, set.Seed);
            await AuditSet.WriteAsync(images, set.Count, Path.Combine(folder.AuditSets, set.Folder, "images"), Path.Combine(folder.AuditSets, set.Folder, "masks"), cancellationToken);
        }

        foreach (var model in profile.Models)
        {
            var lines = Parts(model).Where(set => set.Split != NoSplit).SelectMany(set => AuditSet.Lines(set.Count, $"{set.Folder}/images", $"{set.Folder}/masks", set.Split));
            await File.WriteAllLinesAsync(Manifest(model), lines.Prepend("path,label,split,mask"), cancellationToken);
        }
    }

    /// <summary>All three splits of a model.</summary>
    public DatasetSpec Splits(ZooModel model) => new() { Path = Manifest(model) };

    /// <summary>Only the images in which cue and class are independent.</summary>
    public DatasetSpec Balanced(ZooModel model) => Only(TestOf(model));

    /// <summary>Like them, with objects of half the area.</summary>
    public DatasetSpec SmallObjects(ZooModel model) => Only(SmallOf(model));

    private IEnumerable<Part> Parts(ZooModel model)
    {
        yield return TestOf(model);
        yield return new(Named(Validation, model.Planting), Validation, model.Planting, ValidationSeed, profile.AuditImages);
        yield return new($"train-{model.Name}", "train", model.Planting, ZooModelMaker.TrainingSeed(model), profile.TrainingImages);
        if (model.IsCleanByDesign)
        {
            yield return SmallOf(model);
        }
    }

    private Part TestOf(ZooModel model) => Independent(model.Planting, Test, "test");

    // As many as a verdict on test and validation is about.
    private Part SmallOf(ZooModel model) => Independent(model.Planting with { AreaFactor = SmallArea * model.Planting.AreaFactor }, NoSplit, "small") with { Count = 2 * profile.AuditImages };

    private Part Independent(Planting planting, string split, string use)
    {
        var balanced = planting with { Correlation = .5, Classes = null };
        return new(Named(use, balanced), split, balanced, TestSeed, profile.AuditImages);
    }

    private DatasetSpec Only(Part set) => new() { Path = Path.Combine(folder.AuditSets, set.Folder, "images"), Masks = Path.Combine(folder.AuditSets, set.Folder, "masks") };

    private string Manifest(ZooModel model) => Path.Combine(folder.AuditSets, $"{model.Name}.csv");

    private static string Named(string use, Planting planting) =>
        FormattableString.Invariant($"{use}-{planting.Cue.ToString().ToLowerInvariant()}-{100 * planting.Correlation:000}-{string.Concat(planting.Classes ?? [])}-{100 * planting.AreaFactor:000}");

    private sealed record Part(string Folder, string Split, Planting Planting, int Seed, int Count);
}
