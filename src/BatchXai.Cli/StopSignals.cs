using System.Runtime.InteropServices;
using BatchXai.Cli.Output;

namespace BatchXai.Cli;

/// <summary>Ctrl-C and SIGTERM: the first asks the work to stop cleanly, the second ends the process at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;
    private readonly Screen screen;

    /// <summary>Listens until disposed.</summary>
    public StopSignals(Screen screen)
    {
        this.screen = screen;
        registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop)];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Array.ForEach(registrations, registration => registration.Dispose());
        source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        if (source.IsCancellationRequested)
        {
            Environment.Exit(ExitCode.Cancelled);
        }

        screen.Note("stopping cleanly … (once more to stop at once)");
        source.Cancel();
    }
}
