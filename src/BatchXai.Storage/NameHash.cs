using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace BatchXai.Storage;

/// <summary>Names by the million at 16 bytes each.</summary>
internal static class NameHash
{
    /// <summary>128 bits of SHA-256: no two names can be made to collide.</summary>
    public static UInt128 Of(string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(name.AsSpan()), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
