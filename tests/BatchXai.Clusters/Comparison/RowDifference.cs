using System.Globalization;
using System.Reflection;
using BatchXai.Contracts.Results;

namespace BatchXai.Clusters.Comparison;

/// <summary>What differs between two rows of the same item, method and target. Goes over every member, so that a new one is compared too.</summary>
internal static class RowDifference
{
    private const double OfScores = 1e-4;
    private const double OfMeasures = 1e-6;
    private static readonly PropertyInfo[] Members = [.. typeof(ItemResult).GetProperties().Where(member => member.Name is not (nameof(ItemResult.MapRow) or nameof(ItemResult.Measures) or "EqualityContract"))];
    private static readonly PropertyInfo[] Measures = [.. typeof(FocusMeasures).GetProperties().Where(member => member.Name != "EqualityContract")];

    public static IEnumerable<string> Between(ItemResult expected, ItemResult actual)
    {
        // Maps of equal maximum and mass are taken for equal maps, so their measures have no excuse.
        var equalMaps = expected.Maximum == actual.Maximum && expected.PositiveMass == actual.PositiveMass;
        return Members.Select(member => Difference(member, expected, actual, OfScores))
            .Concat(Measures.Select(member => Difference(member, expected.Measures, actual.Measures, equalMaps ? OfMeasures : OfScores)))
            .OfType<string>();
    }

    private static string? Difference(PropertyInfo member, object expected, object actual, double tolerance)
    {
        var (wanted, found) = (member.GetValue(expected), member.GetValue(actual));
        var same = wanted is double x && found is double y ? Math.Abs(x - y) <= tolerance * Math.Max(1, Math.Abs(x)) : Equals(wanted, found);
        return same ? null : string.Create(CultureInfo.InvariantCulture, $"{member.Name} is {found ?? "nothing"}, expected {wanted ?? "nothing"}");
    }
}
