namespace BatchXai.Storage.Locations;

/// <summary>What lies at a location.</summary>
public enum LocationKind
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>A file or a blob.</summary>
    File,

    /// <summary>A folder, or blobs below a prefix.</summary>
    Folder,
}
