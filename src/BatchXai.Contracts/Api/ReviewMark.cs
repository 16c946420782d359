namespace BatchXai.Contracts.Api;

/// <summary>What a person sees in a group of heatmaps.</summary>
public enum ReviewMark
{
    /// <summary>The model decides by something that should not decide.</summary>
    Shortcut,

    /// <summary>It looks where it should.</summary>
    Fine,

    /// <summary>It cannot be told.</summary>
    Unsure,
}
