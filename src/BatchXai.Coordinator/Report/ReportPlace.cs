using BatchXai.Storage.Artifacts;

namespace BatchXai.Coordinator.Report;

/// <summary>Where reports lie among the blobs: with each audit's artifacts, or, in an output folder that holds one audit, at its root.</summary>
public sealed record ReportPlace
{
    private readonly bool atRoot;

    private ReportPlace(bool atRoot) => this.atRoot = atRoot;

    /// <summary><c>audits/{audit}/report/</c>.</summary>
    public static ReportPlace InAudit { get; } = new(atRoot: false);

    /// <summary>Beside the folder <c>audits/</c>.</summary>
    public static ReportPlace AtRoot { get; } = new(atRoot: true);

    /// <summary>What stands before the names of the report's files: empty, or with a slash at the end.</summary>
    public string Prefix(Guid auditId) => atRoot ? "" : ArtifactAddresses.Reports(auditId);
}
