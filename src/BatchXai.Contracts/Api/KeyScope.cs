namespace BatchXai.Contracts.Api;

/// <summary>What the holder of a key may do. Each may also do what those before it may.</summary>
public enum KeyScope
{
    /// <summary>Look at audits.</summary>
    Viewer,

    /// <summary>Upload files, submit audits, save cohorts, review groups of heatmaps, and cancel, retry and delete its own.</summary>
    Submitter,

    /// <summary>See and change every audit, and create and revoke keys.</summary>
    Admin,
}
