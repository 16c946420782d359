using Azure;
using Azure.Identity;
using Azure.Storage.Blobs.Models;
using BatchXai.Contracts;

namespace BatchXai.Storage.Blobs;

/// <summary>What the storage service says, in the words of <see cref="IBlobStore"/>.</summary>
internal static class AzureErrors
{
    /// <summary>Runs a call and tells its errors so.</summary>
    /// <param name="shown">What messages call the blob or container.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">The caller's own: only with it is an end by cancellation meant.</param>
    public static async Task<T> ToldAsync<T>(string shown, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception error) when (Of(error, shown, cancellationToken) is { } told)
        {
            throw told;
        }
    }

    /// <summary>The error to throw instead; null: this one is no answer of the service.</summary>
    public static Exception? Of(Exception error, string shown, CancellationToken cancellationToken) => error switch
    {
        RequestFailedException failed => Of(failed, shown),
        OperationCanceledException when cancellationToken.IsCancellationRequested => null,
        CredentialUnavailableException => new UserErrorException(
            $"{shown} cannot be asked for: this process has no identity to show. Run it with a managed or workload identity, or set Blobs:ConnectionString. {FirstLine(error)}"),
        AuthenticationFailedException or OperationCanceledException or AggregateException or HttpRequestException or IOException =>
            new BlobsUnavailableException($"{shown}: the blob account does not answer ({FirstLine(error)}).", error),
        _ => null,
    };

    private static Exception Of(RequestFailedException error, string shown)
    {
        var said = error.Status == 0 ? FirstLine(error) : $"{error.Status} {error.ErrorCode}".TrimEnd();
        return error.Status switch
        {
            404 => new FileNotFoundException($"{shown} does not exist.", error),
            401 or 403 => new UserErrorException(
                $"{shown} is refused by the blob account ({said}). Give this identity the role Storage Blob Data Contributor (to read only: Reader), or check the connection string."),
            0 or 408 or 429 or >= 500 => new BlobsUnavailableException($"{shown}: the blob account does not answer ({said}).", error),
            412 => new BlobsUnavailableException($"{shown} was replaced while it was read.", error),
            400 when error.ErrorCode == BlobErrorCode.InvalidBlockList => new BlobsUnavailableException($"{shown} was written by someone else at the same time.", error),
            409 when error.ErrorCode == BlobErrorCode.ContainerBeingDeleted => new BlobsUnavailableException($"{shown}: its container is just being deleted.", error),
            _ => new UserErrorException($"{shown} cannot be used: the blob account says {said}. Check the name and the blob's state."),
        };
    }

    private static string FirstLine(Exception error)
    {
        var inner = error is AggregateException { InnerExceptions: [.., var last] } ? last : error;
        return Shown.Text(inner.Message.Split('\n')[0].Trim());
    }
}
