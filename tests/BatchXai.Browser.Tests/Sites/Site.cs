namespace BatchXai.Browser.Tests.Sites;

/// <summary>Pages over two finished audits of the same images, however they are served.</summary>
/// <param name="Address">Where they are.</param>
/// <param name="Biased">The audit of the model that was given a shortcut.</param>
/// <param name="Balanced">The audit of the one that was not.</param>
public sealed record Site(Uri Address, Guid Biased, Guid Balanced);
