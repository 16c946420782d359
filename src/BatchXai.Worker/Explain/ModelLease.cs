using BatchXai.Attribution.Models;

namespace BatchXai.Worker.Explain;

/// <summary>A classifier that is in use: the cache frees none of these.</summary>
internal sealed class ModelLease(Classifier classifier, Action release) : IDisposable
{
    private int released;

    public Classifier Classifier => classifier;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref released, 1) == 0)
        {
            release();
        }
    }
}
