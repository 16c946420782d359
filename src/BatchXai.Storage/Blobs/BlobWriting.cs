using System.IO.Pipelines;

namespace BatchXai.Storage.Blobs;

/// <summary>Blobs that are written piece by piece, without ever being whole in memory.</summary>
public static class BlobWriting
{
    /// <summary>Stores what <paramref name="write"/> writes. If it throws, nothing is stored.</summary>
    public static async Task WriteAsync(this IBlobStore store, string address, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(write);
        var pipe = new Pipe();
        var storing = Task.Run(() => StoreAsync(store, address, pipe.Reader, cancellationToken), CancellationToken.None);
        try
        {
            await write(pipe.Writer.AsStream(leaveOpen: true));
            await pipe.Writer.CompleteAsync();
        }
        catch (Exception failed)
        {
            await pipe.Writer.CompleteAsync(failed); // The store's read throws it, and so nothing appears at the address.
            await storing.ContinueWith(_ => { }, TaskScheduler.Default);
            throw;
        }

        await storing;
    }

    private static async Task StoreAsync(IBlobStore store, string address, PipeReader content, CancellationToken cancellationToken)
    {
        try
        {
            await store.WriteAsync(address, content.AsStream(leaveOpen: true), cancellationToken);
        }
        finally
        {
            await content.CompleteAsync();
        }
    }
}
