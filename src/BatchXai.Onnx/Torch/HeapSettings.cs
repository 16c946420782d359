using System.Runtime.InteropServices;

namespace BatchXai.Onnx.Torch;

/// <summary>
/// libtorch takes and frees the same large blocks for every batch. By default glibc gives each of them back to the kernel, which then has to
/// clear it again page by page: about a third of the time of a small network. Kept blocks are used again.
/// </summary>
internal static class HeapSettings
{
    // malloc.h; the largest mmap threshold that glibc accepts is 32 MiB on 64-bit systems.
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;
    private const int LargestMmapThreshold = 32 << 20;
    private const int KeptAtTheTop = 512 << 20;

    /// <summary>Asks the heap to keep freed blocks. Elsewhere than on glibc nothing happens.</summary>
    public static void KeepFreedMemory()
    {
        try
        {
            _ = SetOption(MmapThreshold, LargestMmapThreshold);
            _ = SetOption(TrimThreshold, KeptAtTheTop);
        }
        catch (Exception absent) when (absent is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another C library: only speed is lost.
        }
    }

    [DllImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetOption(int option, int value);
}
