namespace BatchXai.Cli.Planted;

/// <summary>Sizes of a training.</summary>
internal sealed record TrainingPlan
{
    /// <summary>Side of the images in pixels.</summary>
    public int Size { get; init; } = 32;

    /// <summary>Channels of the three convolutions.</summary>
    public IReadOnlyList<int> Channels { get; init; } = [12, 24, 32];

    /// <summary>Batch normalisation behind each convolution.</summary>
    public bool BatchNorm { get; init; }

    /// <summary>Training images.</summary>
    public int Images { get; init; } = 4_000;

    /// <summary>Passes over the training images, at most.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>Training ends after the first epoch with this accuracy on the training images, 0 … 1; above 1: never early.</summary>
    public double EnoughAccuracy { get; init; } = 2;

    /// <summary>Images in one step.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Learning rate of Adam at the start; it falls to nothing along half a cosine.</summary>
    public double LearningRate { get; init; } = 8e-3;

    /// <summary>Share of the training images whose label is another class, drawn at random, 0 … 1.</summary>
    public double LabelNoise { get; init; }

    /// <summary>Seed of weights, order and label noise.</summary>
    public int Seed { get; init; }
}

/// <summary>Where a training stands after an epoch.</summary>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Epochs">Epochs in all.</param>
/// <param name="Loss">Mean cross-entropy of the epoch.</param>
/// <param name="Accuracy">Accuracy on the training images during the epoch, 0 … 1.</param>
internal sealed record TrainingProgress(int Epoch, int Epochs, double Loss, double Accuracy);
