using System.Runtime.InteropServices;

namespace BatchXai.TorchScript.Execution;

/// <summary>
/// How torch runs TorchScript. By default it watches the first two calls and compiles the code anew for what it saw, again for each new batch
/// size, which costs seconds and on a GPU compiles kernels. The operators of a classifier are large: run as they stand they are as fast.
/// </summary>
internal static class JitSettings
{
    private static readonly Lazy<bool> Applied = new(Apply);

    /// <summary>Runs code as it stands, in the whole process. Where libtorch does not have the switch, only speed is lost.</summary>
    /// <returns>Whether it has.</returns>
    internal static bool RunAsWritten() => Applied.Value;

    private static bool Apply()
    {
        try
        {
            SetGraphExecutorOptimize(false);
            return true;
        }
        catch (Exception absent) when (absent is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    [DllImport("torch_cpu", EntryPoint = "_ZN5torch3jit24setGraphExecutorOptimizeEb")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void SetGraphExecutorOptimize([MarshalAs(UnmanagedType.I1)] bool optimize);
}
