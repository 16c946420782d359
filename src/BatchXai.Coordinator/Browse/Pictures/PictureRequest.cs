using System.Security.Cryptography;
using System.Text;
using BatchXai.Imaging;

namespace BatchXai.Coordinator.Browse;

/// <summary>A picture of an item that a person asks for.</summary>
/// <param name="AuditId">The audit.</param>
/// <param name="Item">The item's place in the dataset.</param>
/// <param name="Kind">What is drawn.</param>
internal sealed record PictureRequest(Guid AuditId, long Item, PictureKind Kind)
{
    /// <summary>Method of the heatmap; null: none is drawn.</summary>
    public string? Method { get; init; }

    /// <summary>Target of the heatmap: "predicted" or "label"; null: none is drawn.</summary>
    public string? Target { get; init; }

    /// <summary>Colours of the heatmap.</summary>
    public ColourMapName Map { get; init; } = ColourMapName.Viridis;

    /// <summary>The media type of the file.</summary>
    public string ContentType => Kind is PictureKind.Heatmap or PictureKind.Outline ? "image/png" : "image/jpeg";

    /// <summary>A name for the very bytes, from the run whose results are drawn: 64 hexadecimal digits.</summary>
    public string TagOf(Guid run) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{AuditId:N}\0{run:N}\0{Item}\0{Kind}\0{Method}\0{Target}\0{Map}")));
}

/// <summary>What a picture shows.</summary>
internal enum PictureKind
{
    /// <summary>The image as the model saw it.</summary>
    Image,

    /// <summary>A heatmap alone, of the image's size.</summary>
    Heatmap,

    /// <summary>The outline of the item's mask alone, transparent elsewhere.</summary>
    Outline,

    /// <summary>The image, small, with the heatmap mixed in if it is usable.</summary>
    Thumbnail,
}
