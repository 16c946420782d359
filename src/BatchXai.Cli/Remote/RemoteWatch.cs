using System.Text.Json;
using BatchXai.Cli.Embedded;
using BatchXai.Contracts.Api;
using BatchXai.Contracts.Audits;

namespace BatchXai.Cli.Remote;

/// <summary>Follows an audit on a server to its end. A server that goes away is waited for.</summary>
internal sealed class RemoteWatch(CoordinatorClient client, Guid auditId, IProgress<AuditProgress> progress, Action<string> note, TimeProvider clock)
{
    private const string Data = "data: ";

    /// <summary>A server says something at least every ten seconds.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);
    private readonly RateMeter rate = new(clock);
    private long heard = clock.GetTimestamp();
    private bool isAway;

    /// <summary>Waits for the end.</summary>
    /// <exception cref="ServerUnreachableException">The server was never there, or has been away for long.</exception>
    public async Task<AuditEnded> EndAsync(CancellationToken cancellationToken)
    {
        await client.FindAsync(auditId, cancellationToken); // What is wrong from the beginning is told at once.
        while (true)
        {
            try
            {
                if (await FollowAsync(cancellationToken) is { } end)
                {
                    return await EndedAsync(end, cancellationToken);
                }
            }
            catch (Exception broken) when (IsBreak(broken) && !cancellationToken.IsCancellationRequested && clock.GetElapsedTime(heard) < Patience)
            {
                if (!isAway)
                {
                    note("the server is away; waiting for it …");
                }

                isAway = true;
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    /// <summary>The audit at its end; null: the events stopped before.</summary>
    private async Task<AuditView?> FollowAsync(CancellationToken cancellationToken)
    {
        using var answer = await client.EventsAsync(auditId, cancellationToken).WaitAsync(Silence, clock, cancellationToken);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellationToken));
        while (await lines.ReadLineAsync(cancellationToken).AsTask().WaitAsync(Silence, clock, cancellationToken) is { } line)
        {
            (heard, isAway) = (clock.GetTimestamp(), false);
            if (!line.StartsWith(Data, StringComparison.Ordinal))
            {
                continue; // Names and comments: every event says everything in its data.
            }

            var view = JsonSerializer.Deserialize<AuditView>(line.AsSpan(Data.Length), ApiJson.Options)!;
            progress.Report(rate.Progress(view));
            if (view.HasEnded)
            {
                return view;
            }
        }

        return null;
    }

    private async Task<AuditEnded> EndedAsync(AuditView view, CancellationToken cancellationToken) => new(
        auditId, view.State, client.AddressOf(auditId), view.State == AuditState.Done ? await client.ReportAsync(auditId, cancellationToken) : null, view.Error);

    private static bool IsBreak(Exception failure) => failure is ServerUnreachableException or IOException or TimeoutException or HttpRequestException;
}
