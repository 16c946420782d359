namespace BatchXai.Storage.Blobs;

/// <summary>The blob store did not answer, after several tries. It says nothing about the blob: the same call may work later.</summary>
public sealed class BlobsUnavailableException : IOException
{
    internal BlobsUnavailableException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
