using System.Text.RegularExpressions;
using BatchXai.Storage.Blobs;

namespace BatchXai.Storage.Locations;

/// <summary>
/// Blobs of the one configured account: <c>azblob://container/path</c>, the path as the blob is named (nothing is percent-decoded), or the blob's URL.
/// </summary>
internal sealed partial class BlobScheme(BlobAccount? account) : SourceScheme
{
    private const string Scheme = "azblob://";

    public override string Expected => account is null ? "" : "azblob://container/path";

    public override (string Normal, string? Refusal) Read(string location)
    {
        if (account is null)
        {
            return ("", "no blob account is configured");
        }

        var (text, refusal) = location.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? (location[Scheme.Length..], null) : FromUrl(account.Endpoint, location);
        if (refusal is not null)
        {
            return ("", refusal);
        }

        var path = text.EndsWith('/') ? text[..^1] : text;
        var slash = path.IndexOf('/');
        var container = slash < 0 ? path : path[..slash];
        if (!ContainerName.IsMatch(container))
        {
            return ("", $"'{Shown.Text(container)}' is no name of a container (3 to 63 small letters, digits and hyphens)");
        }

        return (Scheme + path, slash < 0 ? null : RelativePath.Refusal(path[(slash + 1)..]));
    }

    public override async Task<LocationKind> FindAsync(string location, CancellationToken cancellationToken)
    {
        // A folder first: some programs mark a folder by an empty blob of its name.
        if (await Blobs(location).AnyAsync(cancellationToken))
        {
            return LocationKind.Folder;
        }

        return Split(location) is { } place && await Blobs(place.Folder).ExistsAsync(place.Name, cancellationToken) ? LocationKind.File : LocationKind.Nothing;
    }

    public override IBlobStore Store(string folder) => Blobs(folder);

    public override FileTree Tree(string folder) => new BlobTree(Blobs(folder));

    public override Task<Stream> OpenFileAsync(string location, CancellationToken cancellationToken) => Split(location) is { } place
        ? Blobs(place.Folder).OpenReadAsync(place.Name, cancellationToken)
        : throw new FileNotFoundException($"{location} is a container, no blob.");

    public override (string Folder, string Name)? Split(string location) =>
        location.LastIndexOf('/') is var slash && slash > Scheme.Length ? (location[..slash], location[(slash + 1)..]) : null;

    [GeneratedRegex("^[a-z0-9](-?[a-z0-9]){2,62}$")]
    private static partial Regex ContainerName { get; }

    /// <summary>The URL without the account; every segment percent-decoded.</summary>
    private static (string Text, string? Refusal) FromUrl(string endpoint, string location)
    {
        if (!location.StartsWith(endpoint + "/", StringComparison.OrdinalIgnoreCase))
        {
            return ("", "it is a URL outside the configured blob account");
        }

        var path = location[(endpoint.Length + 1)..];
        if (path.Contains('?') || path.Contains('#'))
        {
            return ("", "it is a URL with a query; blobs are read with the server's own rights");
        }

        var segments = path.Split('/').Select(Uri.UnescapeDataString).ToList();
        return segments.Exists(segment => segment.Contains('/')) ? ("", "it has a percent-encoded slash") : (string.Join('/', segments), null);
    }

    private AzureBlobStore Blobs(string folder)
    {
        var path = folder[Scheme.Length..];
        var slash = path.IndexOf('/');
        return slash < 0 ? account!.Blobs(path, "") : account!.Blobs(path[..slash], path[(slash + 1)..]);
    }
}
