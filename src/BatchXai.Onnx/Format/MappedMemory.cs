using System.Buffers;
using System.Runtime.InteropServices;

namespace BatchXai.Onnx.Format;

/// <summary>A part of a mapped file. Holds the mapping, so whoever uses a span of it must keep the memory referenced meanwhile.</summary>
internal sealed unsafe class MappedMemory(MappedFile file, nint start, int length) : MemoryManager<byte>
{
    private const int DontNeed = 4;

    // The reference keeps the mapping alive.
    private readonly MappedFile file = file;

    /// <summary>Gives back the physical memory behind bytes that have been read, if they are mapped; reading them again reads the file again.</summary>
    public static void Release(ReadOnlyMemory<byte> bytes)
    {
        if (OperatingSystem.IsLinux() && MemoryMarshal.TryGetMemoryManager<byte, MappedMemory>(bytes, out var manager, out var offset, out var length) && length > 0)
        {
            manager.Release(offset, length);
        }
    }

    public override Span<byte> GetSpan() => new((void*)start, length);

    public override MemoryHandle Pin(int elementIndex = 0) => new((void*)(start + elementIndex), pinnable: this);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }

    // Pages shared with the neighbours may go too: the file still has them.
    private void Release(int offset, int count)
    {
        var page = Environment.SystemPageSize;
        var first = (start + offset) / page * page;
        _ = Advise(first, (nuint)(start + offset + count - first), DontNeed);
        GC.KeepAlive(file);
    }

    [DllImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Advise(nint address, nuint length, int advice);
}
