namespace BatchXai.Contracts.Api;

/// <summary>What was reviewed.</summary>
public enum ReviewKind
{
    /// <summary>A group that was found.</summary>
    Cluster,

    /// <summary>Items that the person chose.</summary>
    Selection,
}
