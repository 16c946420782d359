namespace BatchXai.Coordinator.Front.Layout;

/// <summary>The parts of the site that every page links to.</summary>
public enum SiteSection
{
    /// <summary>None of them.</summary>
    None,

    /// <summary>All audits, and each of them.</summary>
    Audits,

    /// <summary>Two audits side by side.</summary>
    Compare,

    /// <summary>Starting an audit.</summary>
    Submit,

    /// <summary>Workers and queues.</summary>
    System,
}
