using System.Runtime.InteropServices;
using BatchXai.Contracts.Datasets;
using BatchXai.Storage.Artifacts;

namespace BatchXai.Clusters.Sabotage;

/// <summary>A manifest that gives one item a read, after a pause.</summary>
internal sealed partial class SabotagedItems(IReadOnlyList<DatasetItem> items, SabotagePlan plan) : Stream
{
    private int next;
    private ReadOnlyMemory<byte> rest;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (rest.IsEmpty && next < items.Count)
        {
            await Task.Delay(plan.Pace, cancellationToken);
            var item = items[next++];
            if (item.Index == plan.Abort)
            {
                Abort();
            }

            if (item.Index == plan.Hang)
            {
                Thread.CurrentThread.Join(); // As a native call that never returns: no token ends it.
            }

            rest = ManifestLines.Line(item);
        }

        var count = Math.Min(buffer.Length, rest.Length);
        rest[..count].CopyTo(buffer);
        rest = rest[count..];
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    [LibraryImport("libc", EntryPoint = "abort")]
    private static partial void Abort();
}
