using System.Globalization;
using BatchXai.Contracts.Audits;
using BatchXai.Coordinator.Report;

namespace BatchXai.Coordinator.Front;

/// <summary>How pages write states and times, beside what <see cref="Wording"/> says for reports.</summary>
internal static class FrontWording
{
    public static string State(AuditState state) => state.ToString().ToLowerInvariant();

    /// <summary>How far an audit is; null: there is nothing to add to its state.</summary>
    public static string? Progress(AuditState state, long items, long done) => state switch
    {
        AuditState.Done => null,
        _ when items == 0 => null,
        _ => $"{Wording.Count(done)} of {Wording.Count(items)} items",
    };

    public static string Moment(DateTime utc) => utc.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>For the attribute of a time element.</summary>
    public static string Machine(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>From submission to the end, or to now.</summary>
    public static string Duration(DateTime from, DateTime to) => Wording.Seconds(Math.Max(0, (to - from).TotalSeconds));
}
