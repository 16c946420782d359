using BatchXai.Contracts.Api;

namespace BatchXai.Coordinator.Data;

/// <summary>One key to the API. Its secret is not here, and cannot be had from what is.</summary>
public sealed class ApiKeyRow
{
    /// <summary>The part of the key that may be told.</summary>
    public required string Id { get; set; }

    /// <summary>Whose key it is; several keys may be one caller's.</summary>
    public required string Name { get; set; }

    /// <summary>SHA-256 of the secret, lower-case hexadecimal. The secret is 256 random bits: nothing is gained by salt or a slow hash.</summary>
    public required string SecretHash { get; set; }

    /// <summary>What it may do.</summary>
    public KeyScope Scope { get; set; }

    /// <summary>When it was created, UTC.</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>Who created it; null: whoever sat at the server.</summary>
    public string? CreatedBy { get; set; }

    /// <summary>From when on it is refused, UTC; null: never.</summary>
    public DateTime? ExpiresAt { get; set; }

    /// <summary>When it was revoked, UTC; null: it was not.</summary>
    public DateTime? RevokedAt { get; set; }

    /// <summary>When it was last used, UTC, to the hour; null: never.</summary>
    public DateTime? LastUsedAt { get; set; }
}
