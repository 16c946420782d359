namespace BatchXai.Contracts.Api;

/// <summary>A key that is asked for.</summary>
public sealed record NewKey
{
    /// <summary>Whose key it is: 1 to 100 letters, digits and <c>. _ @ -</c>, a letter or digit first.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    public required KeyScope Scope { get; init; }

    /// <summary>Days until it is refused, 1 to 3650; null: it lasts until it is revoked.</summary>
    public int? ExpiresInDays { get; init; }
}
