namespace BatchXai.Contracts.Api;

/// <summary>One page of an audit's stored files, in ordinal order.</summary>
/// <param name="Paths">Their paths below the audit.</param>
/// <param name="Next">Give it as <c>after</c> to get the next page; null: this is the last.</param>
public sealed record ArtifactList(IReadOnlyList<string> Paths, string? Next);
