using System.Security.Cryptography;

namespace BatchXai.Storage.Locations;

/// <summary>The content of a model that may have several files, in one hash.</summary>
public static class ContentHash
{
    private const int CopyBytes = 1 << 20;

    /// <summary>SHA-256 of a file; of several, of their hashes in order. Lower-case hexadecimal.</summary>
    /// <exception cref="FileNotFoundException">One of them does not exist.</exception>
    public static async Task<string> OfAsync(SourceLocations locations, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(locations);
        ArgumentNullException.ThrowIfNull(files);
        var hashes = new List<byte[]>();
        foreach (var file in files)
        {
            await using var stream = await locations.OpenFileAsync(file, cancellationToken);
            hashes.Add(await SHA256.HashDataAsync(stream, cancellationToken));
        }

        return Join(hashes);
    }

    /// <summary>Copies the rest of a stream and returns the SHA-256 of what was copied.</summary>
    internal static async Task<byte[]> CopyAsync(Stream source, Stream target, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[CopyBytes];
        for (var read = await source.ReadAsync(buffer, cancellationToken); read > 0; read = await source.ReadAsync(buffer, cancellationToken))
        {
            hash.AppendData(buffer, 0, read);
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return hash.GetHashAndReset();
    }

    internal static string Join(IReadOnlyList<byte[]> hashes) =>
        Convert.ToHexStringLower(hashes.Count == 1 ? hashes[0] : SHA256.HashData(hashes.SelectMany(hash => hash).ToArray()));
}
