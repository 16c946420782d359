using System.Runtime.InteropServices;

namespace BatchXai.Onnx.Torch;

/// <summary>
/// How torch's threads wait for one another between operators. By default they spin for milliseconds; as soon as anything else wants a core
/// (images being decoded, another process) the one that is waited for does not get it, and everything is many times slower. A short spin
/// costs nothing measurable on a quiet machine and keeps the speed on a busy one.
/// </summary>
internal static class ThreadSettings
{
    private const string SpinCount = "GOMP_SPINCOUNT";
    private const string WaitPolicy = "OMP_WAIT_POLICY";

    /// <summary>Sets it for the OpenMP runtime that is loaded afterwards, unless the environment already says how to wait.</summary>
    public static void WaitBriefly()
    {
        if (Environment.GetEnvironmentVariable(SpinCount) is null && Environment.GetEnvironmentVariable(WaitPolicy) is null)
        {
            try
            {
                // .NET keeps its own copy of the environment; native libraries read the process's.
                _ = SetVariable(SpinCount, "2000", overwrite: 0);
            }
            catch (Exception absent) when (absent is EntryPointNotFoundException or DllNotFoundException)
            {
                // Another C library: only speed is lost.
            }
        }
    }

    [DllImport("libc", EntryPoint = "setenv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetVariable([MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value, int overwrite);
}
