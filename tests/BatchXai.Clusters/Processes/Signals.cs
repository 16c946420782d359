using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace BatchXai.Clusters.Processes;

/// <summary>What a process can be sent.</summary>
public enum Signal
{
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}

public static partial class Signals
{
    public static void Send(this Process process, Signal signal)
    {
        ArgumentNullException.ThrowIfNull(process);
        Send(process.Id, signal);
    }

    /// <summary>Ends this process here and now: no handler runs, nothing is flushed.</summary>
    public static void KillSelf()
    {
        Send(Environment.ProcessId, Signal.Kill);
        Thread.CurrentThread.Join(); // The signal comes before the call returns, or a moment after.
    }

    private static void Send(int process, Signal signal)
    {
        if (Kill(process, (int)signal) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
