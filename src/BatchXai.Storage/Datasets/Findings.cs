using BatchXai.Contracts;

namespace BatchXai.Storage.Datasets;

/// <summary>What is wrong (stops the audit) and what is odd (a warning), collected while a dataset is read.</summary>
internal sealed class Findings
{
    private const int MaxProblems = 50;
    private const int MaxExamples = 3;

    private readonly List<string> problems = [];
    private readonly List<string> warnings = [];
    private readonly Dictionary<string, (long Count, List<string> Examples)> tallies = new(StringComparer.Ordinal);
    private long moreProblems;

    public bool HasProblems => problems.Count > 0;

    public void Problem(string problem)
    {
        if (problems.Count < MaxProblems)
        {
            problems.Add(problem);
        }
        else
        {
            moreProblems++;
        }
    }

    public void Warn(string warning) => warnings.Add(warning);

    /// <summary>One more case of something that happens to many items; told once, with its count and first examples.</summary>
    public void Tally(string what, string example)
    {
        var (count, examples) = tallies.GetValueOrDefault(what, (0, []));
        if (examples.Count < MaxExamples)
        {
            examples.Add(example);
        }

        tallies[what] = (count + 1, examples);
    }

    public void Forget(string what) => tallies.Remove(what);

    public long Count(string what) => tallies.GetValueOrDefault(what).Count;

    public IReadOnlyList<string> Warnings() =>
        [.. warnings, .. tallies.Select(tally => $"{tally.Value.Count:N0} {tally.Key}: {Examples(tally.Value)}.")];

    /// <exception cref="UserErrorException">There are problems.</exception>
    public void ThrowIfAny()
    {
        if (HasProblems)
        {
            throw new UserErrorException(moreProblems == 0 ? problems : [.. problems, $"… and {moreProblems:N0} more problems of this kind."]);
        }
    }

    private static string Examples((long Count, List<string> Examples) tally) =>
        Shown.List(tally.Examples, MaxExamples) + (tally.Count > tally.Examples.Count ? " …" : "");
}
