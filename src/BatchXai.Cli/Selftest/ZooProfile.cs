using BatchXai.Cli.Planted;
using BatchXai.Contracts;

namespace BatchXai.Cli.Selftest;

/// <summary>Which models the benchmark trains, and how large everything is.</summary>
internal sealed record ZooProfile
{
    /// <summary>Name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>The models, those of the first seed first: what is done of them at any time is a fair sample.</summary>
    public required IReadOnlyList<ZooModel> Models { get; init; }

    /// <summary>How models are trained.</summary>
    public required TrainingPlan Training { get; init; }

    /// <summary>Images of splits test and validation each, and of each side of the verified label.</summary>
    public int AuditImages { get; init; } = 600;

    /// <summary>Images of split train: all that a memoriser has seen.</summary>
    public int TrainingImages { get; init; } = 150;

    /// <summary>How memorisers are trained: few images, wrong labels, many passes.</summary>
    public TrainingPlan Memorising => Training with { Images = TrainingImages, Epochs = 60, LabelNoise = .2, EnoughAccuracy = 2 };

    /// <summary>
    /// The profile of <c>batchxai selftest</c>: minutes on two cores. At 24 pixels the smallest objects cannot be told apart, so objects have a quarter more area
    /// than in the full profile, and there is one in each image.
    /// </summary>
    public static ZooProfile Ci { get; } = new()
    {
        Name = "CI",
        Training = new() { Size = 24, Channels = [8, 16, 24], BatchNorm = true, Images = 9_600, Epochs = 16, LearningRate = .012, EnoughAccuracy = .995 },
        Models = [.. CiModels(new() { AreaFactor = 1.25 }).OrderBy(model => model.Seed)],
    };

    /// <summary>The whole benchmark: hours on two cores.</summary>
    public static ZooProfile Full { get; } = new()
    {
        Name = "full",
        Training = new() { Size = 32, Channels = [12, 24, 32], BatchNorm = true, Images = 9_600, Epochs = 16, LearningRate = .012, EnoughAccuracy = .995 },
        Models = [.. FullModels(new() { SecondObjects = .2 }).OrderBy(model => model.Seed)],
    };

    /// <summary>The profile with those models only whose names begin with one of <paramref name="names"/>; none given: all.</summary>
    /// <exception cref="UserErrorException">A name fits no model.</exception>
    public ZooProfile Only(IReadOnlyList<string> names)
    {
        var unknown = names.Where(name => !Models.Any(model => model.Name.StartsWith(name, StringComparison.Ordinal))).ToList();
        return unknown.Count > 0
            ? throw new UserErrorException([.. unknown.Select(name => $"no model's name begins with '{name}'. Expected the beginning of one of: {string.Join(", ", Models.Select(model => model.Name))}.")])
            : names.Count == 0 ? this : this with { Models = [.. Models.Where(model => names.Any(name => model.Name.StartsWith(name, StringComparison.Ordinal)))] };
    }

    private static IEnumerable<ZooModel> CiModels(Planting images) =>
    [
        .. Trained(images, PlantedCue.Texture, .5, 10), .. Trained(images, PlantedCue.Texture, .8, 4), .. Trained(images, PlantedCue.Texture, .9, 5), .. Trained(images, PlantedCue.Texture, 1, 5),
        .. Trained(images, PlantedCue.Tag, .9, 2), .. Trained(images, PlantedCue.Blur, 1, 2), .. Trained(images, PlantedCue.ObjectColour, 1, 2),
        .. Seeded("memoriser", ZooModelKind.Memoriser, images, 2), .. Seeded("random", ZooModelKind.RandomWeights, images, 1),
    ];

    private static IEnumerable<ZooModel> FullModels(Planting images) =>
    [
        .. new[] { .5, .6, .7, .8, .9, .95, 1 }.SelectMany(rho => Trained(images, PlantedCue.Texture, rho, rho == .5 ? 60 : 10)),
        .. from cue in Enum.GetValues<PlantedCue>() where cue != PlantedCue.Texture from rho in new[] { .9, 1 } from model in Trained(images, cue, rho, 5) select model,
        .. Seeded("two-classes", ZooModelKind.Trained, images with { Correlation = .9, Classes = [1, 4] }, 10),
        .. Seeded("three-classes", ZooModelKind.Trained, images with { Correlation = .9, Classes = [0, 2, 5] }, 10),
        .. Seeded("memoriser", ZooModelKind.Memoriser, images, 10), .. Seeded("random", ZooModelKind.RandomWeights, images, 5),
    ];

    private static IEnumerable<ZooModel> Trained(Planting images, PlantedCue cue, double rho, int count) =>
        Seeded($"{cue.ToString().ToLowerInvariant()}-{100 * rho:000}", ZooModelKind.Trained, images with { Cue = cue, Correlation = rho }, count);

    private static IEnumerable<ZooModel> Seeded(string name, ZooModelKind kind, Planting planting, int count) =>
        Enumerable.Range(0, count).Select(seed => new ZooModel($"{name}-{seed:00}", kind, planting, seed));
}
