using BatchXai.Attribution.Measures;
using BatchXai.Attribution.Methods;
using BatchXai.Attribution.Models;
using BatchXai.Contracts.Audits;
using BatchXai.Storage.Artifacts;
using BatchXai.Storage.Blobs;
using BatchXai.Storage.Causal;
using BatchXai.Worker.Causal;
using BatchXai.Worker.Decode;

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

    /// <summary>The items of a split that lend their backgrounds.</summary>
    public DonorBank DonorsOf(string split) => files.Donors.GetValueOrDefault(ArtifactAddresses.Donors(Plan.AuditId, split)) ?? DonorBank.Empty;

    /// <summary>Their images, shared with the audit's other runs.</summary>
    public DonorImages DonorImages => files.DonorImages;

    /// <summary>What is to be explained about items.</summary>
    public ExplainRequest RequestFor(IReadOnlyList<DecodedImage> items) => new()
    {
        Methods = Plan.Request.Methods,
        Loss = Plan.Request.Objective == Objective.Loss,
        Targets = Plan.Request.Targets switch
        {
            TargetChoice.Label => TargetMode.Label,
            TargetChoice.Both => TargetMode.Both,
            _ => TargetMode.Predicted,
        },
        LabelOutputs = [.. items.Select(item => item.Item.Outputs)],
    };

    public void Dispose() => model.Dispose();
}
