namespace BatchXai.Contracts;

/// <summary>
/// Bad input, told to a person: every problem found at once. Each says what is wrong, where, what was expected and what to do next.
/// Shown without a stack trace.
/// </summary>
public sealed class UserErrorException : Exception
{
    /// <summary>Makes an error of one or more problems.</summary>
    public UserErrorException(params IReadOnlyList<string> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    /// <summary>The problems, at least one.</summary>
    public IReadOnlyList<string> Problems { get; }
}
