namespace BatchXai.Cli.Planted;

/// <summary>What is planted in a set of images, and how strongly.</summary>
internal sealed record Planting
{
    /// <summary>What tells the class.</summary>
    public PlantedCue Cue { get; init; } = PlantedCue.Texture;

    /// <summary>ρ, .5 … 1: .5 plants nothing, at 1 the cue alone tells the class.</summary>
    public double Correlation { get; init; } = .5;

    /// <summary>The classes in which it is planted; in the others cue and class are independent. Null: in all.</summary>
    public IReadOnlyList<int>? Classes { get; init; }

    /// <summary>Factor on the area of every object.</summary>
    public double AreaFactor { get; init; } = 1;

    /// <summary>Share of images with a second object of the same class, 0 … 1. The objects may overlap.</summary>
    public double SecondObjects { get; init; }

    /// <summary>P(cue = the one of the class) = 1/K + (1 − 1/K)(2ρ − 1); the other cues share the rest evenly.</summary>
    public double OwnCueProbability(int label)
    {
        var byChance = 1.0 / Shape.All.Count;
        return Classes?.Contains(label) == false ? byChance : byChance + ((1 - byChance) * ((2 * Correlation) - 1));
    }
}
