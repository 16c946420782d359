using BatchXai.Cli.Embedded;
using BatchXai.Contracts.Api;
using BatchXai.Contracts.Audits;

namespace BatchXai.Cli.Remote;

/// <summary>How fast an audit moves while it is watched: what was done before does not count.</summary>
internal sealed class RateMeter(TimeProvider clock)
{
    private (long Done, long At)? start;

    /// <summary>Progress as a person sees it.</summary>
    public AuditProgress Progress(AuditView view)
    {
        if (start is null && view.State == AuditState.Running)
        {
            start = (view.Done, clock.GetTimestamp());
        }

        var seconds = start is { At: var at } ? clock.GetElapsedTime(at).TotalSeconds : 0;
        var perSecond = seconds > 1 ? (view.Done - start!.Value.Done) / seconds : 0;
        return new(view.State, view.Items, view.Done, view.Failed, perSecond, perSecond > 0 ? TimeSpan.FromSeconds((view.Items - view.Done) / perSecond) : null);
    }
}
