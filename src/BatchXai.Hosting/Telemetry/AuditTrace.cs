using System.Diagnostics;

namespace BatchXai.Hosting.Telemetry;

/// <summary>
/// One audit is one trace: submit → plan → shards → their stages → commit → report. The submission's traceparent lies in the audit's row;
/// steps that begin from the row take it from there, messages carry it on to workers and back.
/// </summary>
public static class AuditTrace
{
    /// <summary>Name of the source of all spans below.</summary>
    public const string SourceName = "BatchXai";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Where we are, as W3C traceparent, to be stored with an audit. Made up where nothing is traced yet.</summary>
    public static string Current => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id }
        ? id
        : $"00-{ActivityTraceId.CreateRandom().ToHexString()}-{ActivitySpanId.CreateRandom().ToHexString()}-01";

    /// <summary>Begins a step of an audit: below <paramref name="traceParent"/>, or below the step that we are in. Null where nobody collects.</summary>
    public static Activity? Start(string step, Guid auditId, string? traceParent = null)
    {
        var parent = ActivityContext.TryParse(traceParent, null, isRemote: true, out var stored) ? stored : default;
        return Source.StartActivity(step, ActivityKind.Internal, parent)?.SetTag("batchxai.audit", auditId.ToString());
    }

    /// <summary>Adds a part of the present step that has already ended. Busy seconds may be more than it took (several threads) or less (waiting).</summary>
    public static void AddPart(string part, DateTimeOffset begin, DateTimeOffset end, double busySeconds)
    {
        var activity = Source.StartActivity(part, ActivityKind.Internal, default(ActivityContext), startTime: begin)?.SetTag("batchxai.busy_seconds", busySeconds);
        activity?.SetEndTime(end.UtcDateTime).Dispose();
    }

    /// <summary>Until disposed, messages and queries belong to no trace: a sign of life every second would bury it.</summary>
    public static IDisposable Silence()
    {
        var silenced = new Silenced(Activity.Current);
        Activity.Current = null;
        return silenced;
    }

    private sealed class Silenced(Activity? before) : IDisposable
    {
        public void Dispose() => Activity.Current = before;
    }
}
