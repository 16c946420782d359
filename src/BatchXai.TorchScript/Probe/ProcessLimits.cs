using System.Runtime.InteropServices;

namespace BatchXai.TorchScript.Probe;

/// <summary>What this process may take from the machine, as far as the system knows such limits.</summary>
internal static class ProcessLimits
{
    // resource.h of Linux
    private const int Data = 2;
    private const int CoreFile = 4;

    /// <summary>Memory that is written to, and no core file when it aborts: that could be gigabytes.</summary>
    internal static void Apply(long memory)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // Not the address space: the .NET runtime reserves far more of it than it uses.
        _ = SetLimit(Data, new Limit((ulong)memory));
        _ = SetLimit(CoreFile, new Limit(0));
    }

    [DllImport("libc", EntryPoint = "setrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Limit(ulong value)
    {
        private readonly ulong soft = value;
        private readonly ulong hard = value;
    }
}
