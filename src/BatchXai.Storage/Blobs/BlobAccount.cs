using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Storage.Blobs;
using BatchXai.Contracts;

namespace BatchXai.Storage.Blobs;

/// <summary>An account of Azure Blob Storage, and the one way in which its services are asked.</summary>
public sealed class BlobAccount
{
    private readonly TimeProvider clock;

    internal BlobAccount(BlobServiceClient service, bool token, TimeProvider clock) => (Service, HasToken, this.clock) = (service, token, clock);

    /// <summary>Where the account answers, without a slash at the end: <c>https://account.blob.core.windows.net</c>.</summary>
    public string Endpoint => Service.Uri.AbsoluteUri.TrimEnd('/');

    internal BlobServiceClient Service { get; }

    /// <summary>True when it is asked with a token, as a managed identity does; false: with a key.</summary>
    internal bool HasToken { get; }

    /// <summary>By the account's connection string.</summary>
    /// <exception cref="UserErrorException">It is none. The message does not repeat it.</exception>
    public static BlobAccount Open(string connectionString)
    {
        try
        {
            return new(new BlobServiceClient(connectionString, Options()), token: false, TimeProvider.System);
        }
        catch (Exception error) when (error is FormatException or ArgumentException or InvalidOperationException or UriFormatException)
        {
            throw new UserErrorException(
                "The connection string of the blob account cannot be read. Expected 'DefaultEndpointsProtocol=https;AccountName=…;AccountKey=…;EndpointSuffix=core.windows.net', as the account's page 'Access keys' shows it.");
        }
    }

    /// <summary>By the identity of this process: managed identity, workload identity, or what the environment and the developer's tools give.</summary>
    public static BlobAccount Open(Uri service) => new(new BlobServiceClient(service, new DefaultAzureCredential(), Options()), token: true, TimeProvider.System);

    /// <summary>A container as a store; it is made with the first write. What lies outside <paramref name="prefix"/> does not exist for it.</summary>
    /// <param name="container">Name of the container.</param>
    /// <param name="prefix">A folder of the container; empty: all of it.</param>
    public IBlobStore Store(string container, string prefix = "") => Blobs(container, prefix);

    internal AzureBlobStore Blobs(string container, string prefix) => new(this, container, prefix, clock);

    /// <summary>
    /// How every request is made: tried again after .4, .8, 1.6 … 8 s, each try within 15 s. A silent account is given up in less than the two minutes after which
    /// a worker that stands still ends itself: waiting for an account is nothing to die of.
    /// </summary>
    internal static BlobClientOptions Options(HttpPipelineTransport? transport = null)
    {
        var options = new BlobClientOptions
        {
            Retry =
            {
                Mode = Azure.Core.RetryMode.Exponential,
                MaxRetries = 5,
                Delay = TimeSpan.FromSeconds(.4),
                MaxDelay = TimeSpan.FromSeconds(8),
                NetworkTimeout = TimeSpan.FromSeconds(15),
            },
        };
        options.Diagnostics.IsLoggingContentEnabled = false;
        options.Diagnostics.IsTelemetryEnabled = false;
        options.Transport = transport ?? options.Transport;
        return options;
    }
}
