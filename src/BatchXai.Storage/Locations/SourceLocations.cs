using System.Text.RegularExpressions;
using BatchXai.Contracts;
using BatchXai.Storage.Blobs;

namespace BatchXai.Storage.Locations;

/// <summary>
/// What requests may point at: paths below configured folders, and blobs of the configured account. Everything else is refused, by every
/// method, with a <see cref="UserErrorException"/>.
/// </summary>
public sealed partial class SourceLocations
{
    private readonly FileScheme files;
    private readonly BlobScheme blobs;

    /// <summary>Paths below the roots (null: any path, as on one's own machine) and blobs of the account (null: none).</summary>
    public SourceLocations(IReadOnlyList<string>? roots, BlobAccount? account) => (files, blobs) = (new FileScheme(roots), new BlobScheme(account));

    /// <summary>Any path of this machine, relative ones too; no blobs.</summary>
    public static SourceLocations Anywhere { get; } = new(null, null);

    /// <summary>What a location looks like here, for messages: "a path below /data or azblob://container/path".</summary>
    public string Expected => string.Join(" or ", new[] { files.Expected, blobs.Expected }.Where(expected => expected.Length > 0));

    /// <summary>Why a location is refused, to follow "is refused: "; null when it is fine. That something lies there is not asked.</summary>
    public string? Refusal(string location) => Read(location).Refusal;

    /// <summary>The one spelling of a location: a full path, or <c>azblob://container/path</c>, without a slash at the end.</summary>
    public string Normalize(string location) => Accepted(location).Normal;

    /// <summary>What lies there.</summary>
    public Task<LocationKind> FindAsync(string location, CancellationToken cancellationToken)
    {
        var (scheme, normal) = Accepted(location);
        return scheme.FindAsync(normal, cancellationToken);
    }

    /// <summary>A folder as a store, to read from.</summary>
    public IBlobStore Open(string folder)
    {
        var (scheme, normal) = Accepted(folder);
        return scheme.Store(normal);
    }

    /// <summary>Opens a file for reading; the stream can seek and belongs to the caller.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="BlobsUnavailableException">The blob account does not answer.</exception>
    public Task<Stream> OpenFileAsync(string location, CancellationToken cancellationToken)
    {
        var (scheme, normal) = Accepted(location);
        return scheme.OpenFileAsync(normal, cancellationToken);
    }

    /// <summary>The folder that a location lies in, and its name there.</summary>
    public (string Folder, string Name) Split(string location)
    {
        var (scheme, normal) = Accepted(location);
        return scheme.Split(normal) ?? throw new UserErrorException($"'{Shown.Text(location)}' is no file. Expected a file in {Expected}.");
    }

    /// <summary>The folder that a location lies in.</summary>
    public string ParentOf(string location) => Split(location).Folder;

    /// <summary>The path of a location of this machine; null: it is none.</summary>
    public string? LocalPath(string location)
    {
        var (scheme, normal) = Accepted(location);
        return scheme == files ? normal : null;
    }

    internal FileTree Tree(string folder)
    {
        var (scheme, normal) = Accepted(folder);
        return scheme.Tree(normal);
    }

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9+.-]*://")]
    private static partial Regex AnyScheme { get; }

    private (SourceScheme Scheme, string Normal) Accepted(string location) => Read(location) is var (scheme, normal, refusal) && refusal is null
        ? (scheme, normal)
        : throw new UserErrorException($"'{Shown.Text(location)}' is refused: {refusal}. Expected {Expected}.");

    private (SourceScheme Scheme, string Normal, string? Refusal) Read(string location)
    {
        ArgumentNullException.ThrowIfNull(location);
        if (string.IsNullOrWhiteSpace(location))
        {
            return (files, "", "it is empty");
        }

        SourceScheme? scheme = AnyScheme.Match(location).Value.ToLowerInvariant() switch
        {
            "" or "file://" => files,
            "azblob://" or "https://" or "http://" => blobs,
            _ => null,
        };
        if (scheme is null)
        {
            return (files, "", "it is a URL of a kind that is not read");
        }

        var (normal, refusal) = scheme.Read(location);
        return (scheme, normal, refusal);
    }
}
