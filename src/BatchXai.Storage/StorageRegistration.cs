using BatchXai.Contracts;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using BatchXai.Storage.Cache;
using BatchXai.Storage.Locations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BatchXai.Storage;

/// <summary>What a process needs to read and store. All need a <see cref="TimeProvider"/>.</summary>
public static class StorageRegistration
{
    /// <summary>The storage of a server, from its configuration: <see cref="IBlobStore"/> for artifacts, <see cref="SourceLocations"/>, <see cref="FileCache"/>, <see cref="ContentBlobs"/>.</summary>
    /// <exception cref="UserErrorException">The configuration cannot work; every problem of it is named.</exception>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        var problems = new List<string>();
        var options = StorageOptions.Read(configuration, problems);
        return problems.Count == 0 ? services.AddStorage(options) : throw new UserErrorException(problems);
    }

    /// <summary>The same from options that were read without a problem.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, StorageOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        // Uploaded models lie among the artifacts, and requests name them there.
        IReadOnlyList<string> roots = options.Folder is { } folder ? [.. options.Roots, Path.Combine(folder, "models")] : options.Roots;
        return services.Add(
            options.Account is { } account ? account.Store(options.Container) : new FolderBlobStore(options.Folder!),
            new SourceLocations(roots, options.Account),
            options.CacheFolder,
            options.CacheBytes);
    }

    /// <summary>The storage of an audit on one's own machine: artifacts in a folder, models and datasets at any path.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, string folder) =>
        services.Add(new FolderBlobStore(folder), SourceLocations.Anywhere, Path.Combine(folder, "cache"), long.MaxValue);

    private static IServiceCollection Add(this IServiceCollection services, IBlobStore artifacts, SourceLocations locations, string cacheFolder, long cacheBytes) => services
        .AddSingleton(artifacts)
        .AddSingleton(locations)
        .AddSingleton(provider => new FileCache(locations, cacheFolder, cacheBytes, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new ContentBlobs(provider.GetRequiredService<IBlobStore>()));
}
