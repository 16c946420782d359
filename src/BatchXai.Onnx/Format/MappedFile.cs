using System.IO.MemoryMappedFiles;

namespace BatchXai.Onnx.Format;

/// <summary>
/// A file as memory, read page by page when it is touched. It stays mapped as long as a slice of it is referenced, and must not be
/// shortened meanwhile.
/// </summary>
internal sealed class MappedFile
{
    private readonly MemoryMappedViewAccessor? view;

    private MappedFile(MemoryMappedViewAccessor? view, long length) => (this.view, Length) = (view, length);

    public long Length { get; }

    private nint Start => view is null ? 0 : view.SafeMemoryMappedViewHandle.DangerousGetHandle() + (nint)view.PointerOffset;

    /// <param name="path">The file.</param>
    /// <param name="plainOnly">Whether links and devices are refused.</param>
    /// <exception cref="IOException">There is no such file, or it is not a plain one.</exception>
    public static MappedFile Open(string path, bool plainOnly = false)
    {
        if (plainOnly)
        {
            PlainFile.Require(path);
        }

        using var handle = File.OpenHandle(path);
        if (plainOnly)
        {
            PlainFile.RequireSame(path, handle);
        }

        var length = RandomAccess.GetLength(handle);
        if (length == 0)
        {
            return new MappedFile(null, 0);
        }

        using var file = MemoryMappedFile.CreateFromFile(handle, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        return new MappedFile(file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read), length);
    }

    public ReadOnlyMemory<byte> Slice(long offset, int length)
        => length == 0 ? ReadOnlyMemory<byte>.Empty : new MappedMemory(this, Start + (nint)offset, length).Memory;
}
