using System.Text;
using BatchXai.Contracts;

namespace BatchXai.Storage.Datasets;

/// <summary>The characters of a UTF-8 file (or UTF-16 with a byte order mark), block by block.</summary>
internal sealed class CharSource(Stream stream, SourceFile file) : IDisposable
{
    // Strict: a wrong byte is an error, not a replacement character that would then name another file.
    private readonly StreamReader reader = new(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, 1 << 16);
    private readonly char[] block = new char[1 << 14];

    /// <summary>The next characters; empty at the end.</summary>
    /// <exception cref="UserErrorException">The file is not valid UTF-8.</exception>
    public async ValueTask<ReadOnlyMemory<char>> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return block.AsMemory(0, await reader.ReadAsync(block, cancellationToken));
        }
        catch (DecoderFallbackException)
        {
            throw new UserErrorException($"{file} is not valid UTF-8. Save it as UTF-8.");
        }
    }

    public void Dispose() => reader.Dispose();
}
