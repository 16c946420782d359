namespace BatchXai.Contracts.Api;

/// <summary>A key, without its secret: that is known to nobody but its holder.</summary>
/// <param name="Id">Part of the key, and what it is called when it is revoked.</param>
/// <param name="Name">Whose key it is. Keys of one name are one caller: so a new key can take the place of an old one.</param>
/// <param name="Scope">What it may do.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="CreatedBy">Who created it; null: whoever sat at the server.</param>
/// <param name="ExpiresAt">From when on it is refused; null: never.</param>
/// <param name="RevokedAt">When it was revoked; null: it was not.</param>
/// <param name="LastUsedAt">When it was last used, to the hour; null: never.</param>
public sealed record KeyView(
    string Id, string Name, KeyScope Scope, DateTimeOffset CreatedAt, string? CreatedBy, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt)
{
    /// <summary>Whether it lets anybody in at a time: it is not revoked, and has not expired.</summary>
    public bool Opens(DateTimeOffset at) => RevokedAt is null && (ExpiresAt is null || at < ExpiresAt);
}

/// <summary>A key that was just created.</summary>
/// <param name="Key">What is known of it.</param>
/// <param name="Text">The key itself, <c>bxk_ID_SECRET</c>. It is told this once: nobody can read it again.</param>
public sealed record CreatedKey(KeyView Key, string Text);
