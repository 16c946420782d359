using System.Collections.Concurrent;
using BatchXai.Onnx.Torch;

namespace BatchXai.Worker.Explain;

/// <summary>
/// The one thread that runs torch in this process: torch's gradient mode and tensor scopes belong to a thread, and a GPU gains nothing
/// from two. Work is done in the order in which it is given.
/// </summary>
internal sealed class TorchThread : IDisposable
{
    private readonly BlockingCollection<Action> work = [];
    private readonly Thread thread;

    public TorchThread() => thread = TorchHeap.StartThread("torch", Run);

    /// <summary>Runs <paramref name="job"/> on the thread. A job that has begun is not interrupted.</summary>
    public async Task<T> RunAsync<T>(Func<T> job, CancellationToken cancellationToken)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        work.Add(
            () =>
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    result.SetCanceled(cancellationToken);
                    return;
                }

                try
                {
                    result.SetResult(job());
                }
                catch (Exception failure)
                {
                    result.SetException(failure);
                }
            },
            cancellationToken);
        return await result.Task;
    }

    /// <summary>Waits for the work that was given, then ends the thread.</summary>
    public void Dispose()
    {
        work.CompleteAdding();
        thread.Join();
        work.Dispose();
    }

    private void Run()
    {
        foreach (var job in work.GetConsumingEnumerable())
        {
            job();
        }
    }
}
