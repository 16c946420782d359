using BatchXai.Contracts.Api;
using Spectre.Console;

namespace BatchXai.Cli.Output;

/// <summary>Keys of a server as a table.</summary>
internal static class KeysText
{
    /// <summary>The scope as a word.</summary>
    public static string Scope(KeyView key) => key.Scope.ToString().ToLowerInvariant();

    /// <summary>Writes the table.</summary>
    public static void Show(Screen screen, IReadOnlyList<KeyView> keys, DateTimeOffset now)
    {
        if (keys.Count == 0)
        {
            screen.Note("no keys.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("key", "name", "scope", "created (UTC)", "by", "last used (UTC)", "state");
        foreach (var key in keys)
        {
            table.AddRow(key.Id, Markup.Escape(key.Name), Scope(key), Moment(key.CreatedAt), Markup.Escape(key.CreatedBy ?? "the server"), key.LastUsedAt is { } used ? Moment(used) : "never", State(key, now));
        }

        screen.Results.Write(table);
    }

    private static string State(KeyView key, DateTimeOffset now) =>
        key.RevokedAt is { } revoked ? $"revoked {Moment(revoked)}"
        : key.ExpiresAt is not { } end ? "valid"
        : end <= now ? $"expired {Moment(end)}"
        : $"valid until {Moment(end)}";

    private static string Moment(DateTimeOffset moment) => $"{moment.UtcDateTime:yyyy-MM-dd HH:mm}";
}
