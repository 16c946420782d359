namespace BatchXai.Coordinator.Report;

/// <summary>The pictures of a report.</summary>
/// <param name="Listed">Item → its image and heatmap; an item without any is listed without a picture.</param>
/// <param name="Tested">Name of the file → what the model saw in a causal test, JPEG.</param>
public sealed record ReportPictures(IReadOnlyDictionary<long, EvidencePictures> Listed, IReadOnlyDictionary<string, byte[]> Tested)
{
    /// <summary>No picture at all.</summary>
    public static ReportPictures None { get; } = new(new Dictionary<long, EvidencePictures>(), new Dictionary<string, byte[]>());
}
