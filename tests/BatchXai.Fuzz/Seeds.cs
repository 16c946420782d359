namespace BatchXai.Fuzz;

/// <summary>The models that are damaged: every family of operators, every part of the format.</summary>
internal static class Seeds
{
    public const string WeightsFile = "weights.bin";

    public static IReadOnlyList<Seed> All { get; } = [.. NetworkSeeds.All, .. ShapeSeeds.All, .. FormatSeeds.All];
}
