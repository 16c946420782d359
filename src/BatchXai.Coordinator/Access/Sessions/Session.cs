using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace BatchXai.Coordinator.Access.Sessions;

/// <summary>
/// What a browser keeps after its visitor has signed in: a cookie that says who it is, sealed by this server. It ends an hour after the last request, or eight
/// hours after it began, or with the key that began it.
/// </summary>
internal static class Session
{
    /// <summary>Name of the scheme.</summary>
    public const string SchemeName = "session";

    /// <summary>How long it lives without a request.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(1);

    private static readonly TimeSpan Longest = TimeSpan.FromHours(8);
    private const string UntilItem = "until";
    private const string MarkItem = "mark";

    /// <summary>What the ticket says beside who it is.</summary>
    /// <param name="now">When it begins.</param>
    /// <param name="mark">The <see cref="KeyText.Mark"/> of the key that begins it; null: none does.</param>
    public static AuthenticationProperties Begin(DateTimeOffset now, string? mark) => new()
    {
        IssuedUtc = now, ExpiresUtc = now + Idle, Items = { [UntilItem] = (now + Longest).ToString("O", CultureInfo.InvariantCulture), [MarkItem] = mark },
    };

    /// <summary>What is known beside a key that a request itself has sent.</summary>
    public static AuthenticationProperties OfRequest(string mark) => new() { Items = { [MarkItem] = mark } };

    /// <summary>When it ends whatever is asked; null: that is no session of ours.</summary>
    public static DateTimeOffset? Until(AuthenticationProperties ticket) =>
        ticket.Items.TryGetValue(UntilItem, out var text) && DateTimeOffset.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var until) ? until : null;

    /// <summary>The <see cref="KeyText.Mark"/> of its key; null: it has none.</summary>
    public static string? Mark(AuthenticationProperties ticket) => ticket.Items.TryGetValue(MarkItem, out var mark) ? mark : null;

    /// <summary>Whether a request's cookie is looked at. The API knows keys and tokens only: no page of another site could use a cookie there.</summary>
    public static bool Counts(HttpRequest request) => !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);
}
