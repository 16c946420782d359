using BatchXai.Attribution.Models;

namespace BatchXai.Attribution.Methods;

/// <summary>The one table of methods.</summary>
public static class AttributionMethods
{
    private static readonly IAttributionMethod[] All = [new Cam(), new GradCam(), new Saliency()];

    /// <summary>Names of all methods, in the order in which reports list them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(method => method.Name)];

    /// <summary>The named methods, in the order asked.</summary>
    /// <exception cref="UnsuitableModelException">A method is unknown or cannot explain this model; every reason is listed.</exception>
    internal static List<IAttributionMethod> Select(ClassifierParts parts, IReadOnlyList<string> names)
    {
        var problems = Problems(parts, names);
        return problems.Count > 0 ? throw new UnsuitableModelException(problems) : [.. names.Select(name => Find(name)!)];
    }

    internal static IReadOnlyList<string> Problems(ClassifierParts parts, IReadOnlyList<string> names)
    {
        var problems = new List<string>();
        if (names.Count == 0)
        {
            problems.Add($"No method is asked for; the methods are {string.Join(", ", Names)}.");
        }

        foreach (var (name, count) in names.CountBy(name => name))
        {
            var problem = Find(name) is { } method ? method.Problem(parts) : $"There is no method '{name}'; the methods are {string.Join(", ", Names)}.";
            if (problem is not null)
            {
                problems.Add(problem);
            }

            if (count > 1)
            {
                problems.Add($"Method '{name}' is asked for {count} times; name it once.");
            }
        }

        return problems;
    }

    private static IAttributionMethod? Find(string name) => Array.Find(All, method => method.Name == name);
}
