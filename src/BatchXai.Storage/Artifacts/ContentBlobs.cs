using BatchXai.Contracts;
using BatchXai.Storage.Blobs;
using BatchXai.Storage.Locations;

namespace BatchXai.Storage.Artifacts;

/// <summary>Files that people bring, stored by content: the same file again is not stored again.</summary>
public sealed class ContentBlobs(IBlobStore store)
{
    /// <summary>Stores the rest of a stream and returns its address: <see cref="ArtifactAddresses.Model"/>. The content waits in a temporary file until its hash is known.</summary>
    /// <exception cref="UserErrorException">The name is no file name, or the store cannot be written.</exception>
    public async Task<string> PutAsync(Stream content, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        _ = ArtifactAddresses.Model(new string('0', 64), name); // Before anything is read.
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var file = new FileStream(Path.Combine(Path.GetTempPath(), $"batchxai-{Guid.NewGuid():N}.tmp"), options);
        var address = ArtifactAddresses.Model(Convert.ToHexStringLower(await ContentHash.CopyAsync(content, file, cancellationToken)), name);
        if (!await store.ExistsAsync(address, cancellationToken))
        {
            file.Position = 0;
            await store.WriteAsync(address, file, cancellationToken);
        }

        return address;
    }

    /// <summary>The address of a file with this content, under whatever name; null: there is none.</summary>
    /// <param name="hash">SHA-256 in lower-case hexadecimal.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public async Task<string?> FindAsync(string hash, CancellationToken cancellationToken) =>
        await store.ListAsync(ArtifactAddresses.Models(hash), cancellationToken).FirstOrDefaultAsync(cancellationToken);
}
