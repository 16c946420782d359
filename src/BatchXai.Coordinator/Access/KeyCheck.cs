using BatchXai.Contracts.Api;

namespace BatchXai.Coordinator.Access;

/// <summary>Which keys open: those of the database, and the one of the settings.</summary>
internal sealed class KeyCheck(ApiKeys keys, AccessOptions access, TimeProvider clock)
{
    private const string Unknown = "This key is not known here. Ask an administrator of this server for one.";

    /// <summary>Whom a key lets in; or why it does not, for whoever sent it.</summary>
    public async Task<(Caller? Caller, string? Problem)> TryAsync(string sent, CancellationToken cancellationToken)
    {
        if (KeyText.Parse(sent) is not { } text)
        {
            return (null, Unknown);
        }

        if (access.AdminKey is { } admin && text.Id == admin.Id)
        {
            return text.Has(admin.Hash) ? (Caller.Holder(admin.Id, KeyScope.Admin, admin.Id), null) : (null, Unknown);
        }

        return await keys.FindAsync(text, cancellationToken) switch
        {
            null => (null, Unknown),
            // Who has the secret may know why it does not open any more.
            { RevokedAt: not null } key => (null, $"Key {key.Id} was revoked. Ask an administrator of this server for another."),
            var key when !key.Opens(clock.GetUtcNow()) => (null, $"Key {key.Id} has expired. Ask an administrator of this server for another."),
            var key => (Caller.Holder(key.Name, key.Scope, key.Id), null),
        };
    }

    /// <summary>Whom a key, which has opened before, lets in now; null: nobody any more.</summary>
    /// <param name="id">The key's id.</param>
    /// <param name="mark">Its <see cref="KeyText.Mark"/>: the key of the settings may be another by now under the same id.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<Caller?> StillAsync(string id, string? mark, CancellationToken cancellationToken) =>
        access.AdminKey is { } admin && id == admin.Id ? mark == admin.Mark ? Caller.Holder(admin.Id, KeyScope.Admin, admin.Id) : null
        : await keys.FindAsync(id, cancellationToken) is { } key && key.Opens(clock.GetUtcNow()) ? Caller.Holder(key.Name, key.Scope, key.Id)
        : null;
}
