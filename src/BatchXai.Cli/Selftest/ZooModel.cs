using BatchXai.Cli.Planted;

namespace BatchXai.Cli.Selftest;

/// <summary>One model of the zoo: what it is made from. Its audit is told none of this.</summary>
/// <param name="Name">Name of its files.</param>
/// <param name="Kind">How it comes by its weights.</param>
/// <param name="Planting">What is planted in its training images.</param>
/// <param name="Seed">Seed of images, weights and order.</param>
internal sealed record ZooModel(string Name, ZooModelKind Kind, Planting Planting, int Seed)
{
    /// <summary>Nothing is planted, and it was trained as the models with a shortcut were.</summary>
    public bool IsCleanByDesign => Kind == ZooModelKind.Trained && Planting.Correlation == .5;
}

/// <summary>How a model comes by its weights.</summary>
internal enum ZooModelKind
{
    /// <summary>Trained until it knows its task.</summary>
    Trained,

    /// <summary>Trained for long on few images, some with wrong labels: overfitted, without any shortcut.</summary>
    Memoriser,

    /// <summary>Not trained: its maps mean nothing.</summary>
    RandomWeights,
}
