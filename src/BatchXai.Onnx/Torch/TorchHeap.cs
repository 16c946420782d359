using System.Runtime.InteropServices;

namespace BatchXai.Onnx.Torch;

/// <summary>
/// libtorch takes and frees the same large blocks for every batch. By default glibc asks the kernel for each of them and gives it back, and the
/// kernel clears it again page by page: that can cost as much time as the network itself. Blocks that are kept are used again. glibc can keep
/// blocks of any size in its main heap only; the heaps that it makes for other threads hold at most 64 MiB.
/// </summary>
public static class TorchHeap
{
    // malloc.h
    private const int TrimThreshold = -1;
    private const int MostMappedBlocks = -4;
    private const int MostHeaps = -8;

    // malloc.c: a flag in the size field in front of every block.
    private const int NotInMainHeap = 4;
    private const int MostTries = 64;

    private static readonly Lazy<bool> Prepared = new(KeepFreedMemory);

    /// <summary>
    /// Starts a background thread whose large blocks come from the main heap. Which heap a thread gets cannot be asked for, so threads are
    /// tried; when none gets it, or on another C library, the last one is taken: only speed is lost.
    /// </summary>
    public static Thread StartThread(string name, Action run)
    {
        ArgumentNullException.ThrowIfNull(run);
        using var decided = new SemaphoreSlim(0);
        using var end = new ManualResetEventSlim();
        var rejected = new List<Thread>();
        for (var left = Prepared.Value ? MostTries : 0; ; left--)
        {
            var suits = false;
            var last = left == 0;
            var thread = new Thread(() =>
            {
                suits = last || UsesMainHeap();
                var runs = suits;
                decided.Release();
                if (runs)
                {
                    run();
                    return;
                }

                // A rejected thread keeps its heap until the search is over, so that the next one gets another.
                end.Wait();
            })
            { IsBackground = true, Name = name };
            thread.Start();
            decided.Wait();
            if (suits)
            {
                end.Set();
                rejected.ForEach(other => other.Join());
                return thread;
            }

            rejected.Add(thread);
        }
    }

    private static bool KeepFreedMemory()
    {
        try
        {
            // One heap at most: threads from now on share those that exist, the main one among them.
            return SetOption(MostMappedBlocks, 0) != 0 & SetOption(TrimThreshold, -1) != 0 & SetOption(MostHeaps, 1) != 0;
        }
        catch (Exception absent) when (absent is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    private static bool UsesMainHeap()
    {
        var block = Allocate(1 << 10);
        var flags = Marshal.ReadIntPtr(block, -IntPtr.Size);
        Free(block);
        return ((long)flags & NotInMainHeap) == 0;
    }

    [DllImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetOption(int option, int value);

    [DllImport("libc", EntryPoint = "malloc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern IntPtr Allocate(nuint bytes);

    [DllImport("libc", EntryPoint = "free")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void Free(IntPtr block);
}
