using BatchXai.Onnx.Verification;

namespace BatchXai.Cli.Commands.Verify;

/// <summary>What batchxai model verify tells; with --json, exactly this.</summary>
internal sealed record Verification
{
    /// <summary>Path of the model.</summary>
    public required string File { get; init; }

    /// <summary>Allowed largest error over the largest expected element.</summary>
    public required double Tolerance { get; init; }

    /// <summary>True when every output is within it.</summary>
    public bool Passed => Outputs.All(output => output.Within);

    /// <summary>What was compared.</summary>
    public required IReadOnlyList<OutputVerdict> Outputs { get; init; }
}

/// <summary>One output. Numbers that are not finite are null.</summary>
/// <param name="Name">The tensor.</param>
/// <param name="Shape">Shape found.</param>
/// <param name="ExpectedShape">Shape expected.</param>
/// <param name="LargestError">Largest |actual − expected|.</param>
/// <param name="RelativeError">The same over the largest |expected|.</param>
/// <param name="Position">Where; null when the shapes differ.</param>
/// <param name="Actual">The element found there.</param>
/// <param name="Expected">The element expected there.</param>
/// <param name="Within">Whether the relative error is within the tolerance.</param>
internal sealed record OutputVerdict(
    string Name, IReadOnlyList<long> Shape, IReadOnlyList<long> ExpectedShape, double? LargestError, double? RelativeError, IReadOnlyList<long>? Position, double? Actual, double? Expected, bool Within)
{
    /// <summary>Judges a comparison.</summary>
    public static OutputVerdict Of(string name, TensorComparison comparison, double tolerance) => new(
        name, comparison.Shape, comparison.ExpectedShape, Finite(comparison.LargestError), Finite(comparison.RelativeError), comparison.Position, Finite(comparison.Actual), Finite(comparison.Expected),
        comparison.SameShape && comparison.RelativeError <= tolerance);

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
