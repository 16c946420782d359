namespace BatchXai.Contracts.Api;

/// <summary>Why a request was refused: RFC 9457 problem details, with every problem by itself.</summary>
public sealed record Problem
{
    /// <summary>Content type of such a body.</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>What the status means.</summary>
    public required string Title { get; init; }

    /// <summary>HTTP status code.</summary>
    public required int Status { get; init; }

    /// <summary>The problems in one text.</summary>
    public string? Detail { get; init; }

    /// <summary>Each problem: what is wrong, where, what was expected, what to do next.</summary>
    public required IReadOnlyList<string> Problems { get; init; }
}
