namespace BatchXai.Storage.Blobs;

/// <summary>A blob is larger than its reader allows. Reading it again will not help.</summary>
public sealed class BlobTooLargeException : IOException
{
    internal BlobTooLargeException(string message)
        : base(message)
    {
    }
}
