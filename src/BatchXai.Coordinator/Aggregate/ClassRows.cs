using BatchXai.Contracts.Reports;

namespace BatchXai.Coordinator.Aggregate;

/// <summary>Rows of the class table.</summary>
internal static class ClassRows
{
    /// <summary>For each method × target all classes: those with enough items first, the least focused first among them; the rest by name.</summary>
    public static IReadOnlyList<ClassFigures> Of(AuditAccumulator audit, IReadOnlyList<MethodAccumulator> methods, long seed) =>
        [.. methods.SelectMany(method => OfMethod(audit, method, seed))];

    private static IEnumerable<ClassFigures> OfMethod(AuditAccumulator audit, MethodAccumulator method, long seed) =>
        audit.Classes
            .Select(pair => Row(pair.Key.Labelled ? pair.Key.Name : null, pair.Value, method, audit.Grouped, seed))
            .OrderByDescending(row => row.Focus.Count == 0 ? Support.PicturesOnly : row.Focus[0].Support)
            .ThenBy(row => row.Focus.Count == 0 ? null : row.Focus[0].Focus.Value);

    private static ClassFigures Row(string? name, GroupAccumulator group, MethodAccumulator method, bool grouped, long seed)
    {
        var maps = group.Maps(method.Method, method.Target);
        return new ClassFigures
        {
            Class = name,
            Items = group.Items,
            Accuracy = group.Accuracy,
            Method = method.Method,
            Target = method.Target,
            Focus = maps.Focus(grouped, seed, $"class {name} {method.Method} {method.Target}"),
            Zones = maps.Zones.Zones(),
        };
    }
}
