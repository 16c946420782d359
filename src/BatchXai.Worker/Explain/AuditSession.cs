using BatchXai.Attribution.Measures;
using BatchXai.Attribution.Models;
using BatchXai.Contracts.Audits;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;

namespace BatchXai.Worker.Explain;

/// <summary>What one run works with: the audit's files, and its model for as long as the session is open.</summary>
internal sealed class AuditSession(AuditFiles files, ModelLease model) : IDisposable
{
    public AuditPlan Plan => files.Plan;

    /// <summary>Where the items' images are read from.</summary>
    public IBlobStore Images => files.Images;

    /// <summary>Where their masks are read from; null: none has one.</summary>
    public IBlobStore? Masks => files.Masks;

    public Classifier Classifier => model.Classifier;

    /// <summary>The bank of a split; null when none of its items has a mask.</summary>
    public MaskBank? BankOf(string split) => files.Banks.GetValueOrDefault(ArtifactAddresses.MaskBank(Plan.AuditId, split));

    public void Dispose() => model.Dispose();
}
