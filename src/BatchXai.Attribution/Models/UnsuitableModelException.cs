namespace BatchXai.Attribution.Models;

/// <summary>The model cannot be explained as asked; the message lists every reason and what to do.</summary>
public sealed class UnsuitableModelException(IReadOnlyList<string> problems) : Exception(string.Join(" ", problems))
{
    /// <summary>The reasons, one sentence or two each.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
