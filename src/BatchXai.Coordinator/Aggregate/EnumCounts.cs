namespace BatchXai.Coordinator.Aggregate;

/// <summary>Counts by status, every status present, in the order of the enum.</summary>
internal static class EnumCounts
{
    public static Dictionary<T, long> Of<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(value => value, _ => 0L);
}
