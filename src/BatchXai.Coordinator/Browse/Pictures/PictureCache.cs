using Microsoft.Extensions.Caching.Memory;

namespace BatchXai.Coordinator.Browse;

/// <summary>Pictures that were drawn lately. A picture that several ask for at once is drawn once, and no more are drawn at a time than there are processors.</summary>
internal sealed class PictureCache : IDisposable
{
    private const long MostBytes = 64L << 20;
    private const int EntryBytes = 512;

    private readonly MemoryCache drawn = new(new MemoryCacheOptions { SizeLimit = MostBytes });
    private readonly SemaphoreSlim[] names = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];
    private readonly SemaphoreSlim drawing = new(Environment.ProcessorCount);

    /// <summary>The picture of a name, drawn if it is not there; null: it cannot be drawn, which is not kept.</summary>
    public async Task<byte[]?> GetAsync(string name, Func<CancellationToken, Task<byte[]?>> draw, CancellationToken cancellationToken)
    {
        if (drawn.TryGetValue(name, out byte[]? known))
        {
            return known;
        }

        var gate = names[(uint)name.GetHashCode(StringComparison.Ordinal) % names.Length];
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (drawn.TryGetValue(name, out known))
            {
                return known;
            }

            await drawing.WaitAsync(cancellationToken);
            try
            {
                known = await draw(cancellationToken);
            }
            finally
            {
                drawing.Release();
            }

            return known is null ? null : drawn.Set(name, known, new MemoryCacheEntryOptions { Size = known.Length + EntryBytes });
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        drawn.Dispose();
        drawing.Dispose();
        foreach (var name in names)
        {
            name.Dispose();
        }
    }
}
