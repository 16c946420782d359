namespace BatchXai.Worker.Runs;

/// <summary>So many runs at once, first come, first served. A run that must be alone takes every slot.</summary>
internal sealed class SlotGate(int slots) : IDisposable
{
    private readonly SemaphoreSlim door = new(1);
    private readonly SemaphoreSlim free = new(slots);

    /// <summary>Waits for a slot, or for all; dispose what is returned to give it back.</summary>
    public async Task<IDisposable> TakeAsync(bool alone, CancellationToken cancellationToken)
    {
        var wanted = alone ? slots : 1;
        var taken = 0;
        // One at a time at the door: whoever collects all slots is not overtaken, and two of them cannot each hold half.
        await door.WaitAsync(cancellationToken);
        try
        {
            for (; taken < wanted; taken++)
            {
                await free.WaitAsync(cancellationToken);
            }

            return new Slot(free, wanted);
        }
        catch (OperationCanceledException) when (taken > 0)
        {
            free.Release(taken);
            throw;
        }
        finally
        {
            door.Release();
        }
    }

    public void Dispose()
    {
        door.Dispose();
        free.Dispose();
    }

    private sealed class Slot(SemaphoreSlim free, int taken) : IDisposable
    {
        private int held = taken;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref held, 0) is > 0 and var slots)
            {
                free.Release(slots);
            }
        }
    }
}
