using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace BatchXai.Storage.Datasets;

/// <summary>Finds ids that come twice, at a few dozen bytes an id however long the ids are.</summary>
internal sealed class DuplicateFinder
{
    private readonly Dictionary<UInt128, int> firstLines = [];

    /// <summary>Remembers an id; gives the line on which it came first, or null when it is new.</summary>
    public int? FirstLine(string id, int line)
    {
        // 128 bits of SHA-256: no two ids can be made to collide.
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(id.AsSpan()), hash);
        var key = BinaryPrimitives.ReadUInt128LittleEndian(hash);
        return firstLines.TryAdd(key, line) ? null : firstLines[key];
    }
}
