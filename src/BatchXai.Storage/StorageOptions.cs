using System.Globalization;
using BatchXai.Contracts;
using BatchXai.Storage.Blobs;
using Microsoft.Extensions.Configuration;

namespace BatchXai.Storage;

/// <summary>Where a server keeps its artifacts and what its requests may point at.</summary>
public sealed record StorageOptions
{
    private const string Environment = "In the environment ':' is '__', after BATCHXAI_.";

    /// <summary>The blob account; null: artifacts lie in <see cref="Folder"/>.</summary>
    public BlobAccount? Account { get; private init; }

    /// <summary>The container of the artifacts.</summary>
    public string Container { get; private init; } = "batchxai";

    /// <summary>The folder of the artifacts; null: they lie in <see cref="Account"/>.</summary>
    public string? Folder { get; private init; }

    /// <summary>Folders below which models and datasets may lie.</summary>
    public IReadOnlyList<string> Roots { get; private init; } = [];

    /// <summary>Folder of fetched models.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>Size to which it is held.</summary>
    public long CacheBytes { get; private init; }

    /// <summary>Reads the sections Blobs, Sources and Worker. Every problem is added; the options are only good without any.</summary>
    public static StorageOptions Read(IConfiguration configuration, ICollection<string> problems)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(problems);
        var (account, folder) = Artifacts(configuration, problems);
        return new StorageOptions
        {
            Account = account,
            Folder = folder,
            Container = Given(configuration, "Blobs:Container") ?? "batchxai",
            Roots = [.. RootsOf(configuration, problems)],
            CacheFolder = Given(configuration, "Worker:CacheFolder") ?? DefaultCacheFolder(),
            CacheBytes = CacheBytesOf(configuration, problems),
        };
    }

    private static (BlobAccount? Account, string? Folder) Artifacts(IConfiguration configuration, ICollection<string> problems)
    {
        string[] keys = ["Blobs:ConnectionString", "Blobs:ServiceUri", "Blobs:Folder"];
        var given = keys.Where(key => Given(configuration, key) is not null).ToList();
        if (given.Count != 1)
        {
            problems.Add(given.Count == 0
                ? $"Blobs: nothing says where artifacts are kept. Set Blobs:ConnectionString, Blobs:ServiceUri (https://account.blob.core.windows.net, with a managed identity) or Blobs:Folder. {Environment}"
                : $"Blobs: {string.Join(" and ", given)} are set. Expected one of them. {Environment}");
            return default;
        }

        var value = Given(configuration, given[0])!;
        if (given[0] == "Blobs:Folder")
        {
            return (null, Path.GetFullPath(value));
        }

        if (given[0] == "Blobs:ServiceUri")
        {
            if (Uri.TryCreate(value, UriKind.Absolute, out var service) && service.Scheme == Uri.UriSchemeHttps && service.Query.Length == 0 && service.UserInfo.Length == 0)
            {
                return (BlobAccount.Open(service), null);
            }

            problems.Add("Blobs:ServiceUri is not the address of a blob account. Expected https://account.blob.core.windows.net, without a query.");
            return default;
        }

        try
        {
            return (BlobAccount.Open(value), null);
        }
        catch (UserErrorException error)
        {
            problems.Add($"Blobs:ConnectionString: {error.Message}");
            return default;
        }
    }

    private static IEnumerable<string> RootsOf(IConfiguration configuration, ICollection<string> problems)
    {
        foreach (var root in configuration.GetSection("Sources:Roots").GetChildren())
        {
            if (root.Value is not { Length: > 0 } path || !Path.IsPathFullyQualified(path))
            {
                problems.Add($"{root.Path}: '{root.Value}' is no full path. Expected a folder below which models and datasets lie, such as /data.");
            }
            else if (!Directory.Exists(path))
            {
                problems.Add($"{root.Path}: the folder {path} does not exist. Make it, mount it, or take it out of Sources:Roots.");
            }
            else
            {
                yield return path;
            }
        }
    }

    private static long CacheBytesOf(IConfiguration configuration, ICollection<string> problems)
    {
        if (Given(configuration, "Worker:CacheGiB") is not { } text)
        {
            return 20L << 30;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var size) && size is > 0 and <= 1 << 20)
        {
            return (long)(size * (1 << 30));
        }

        problems.Add($"Worker:CacheGiB: '{text}' is no size. Expected a number of GiB above 0, such as 20.");
        return 0;
    }

    private static string DefaultCacheFolder() =>
        Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } own ? own : Path.GetTempPath(), "batchxai", "cache");

    private static string? Given(IConfiguration configuration, string key) => configuration[key] is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}
