namespace BatchXai.Imaging;

/// <summary>
/// A file cannot serve as an image or mask. The message is one plain sentence: what was found, and what is accepted.
/// It names no file: the caller knows which one it was.
/// </summary>
public sealed class ImageRefusedException : Exception
{
    internal const string Accepted = "JPEG, PNG, WebP and BMP images are accepted";

    /// <summary>An image refused for no stated reason.</summary>
    public ImageRefusedException()
        : this("the image cannot be used")
    {
    }

    /// <summary>An image refused for the reason given.</summary>
    /// <param name="message">What was found, and what is accepted.</param>
    public ImageRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>An image refused for the reason given, with the error underneath.</summary>
    /// <param name="message">What was found, and what is accepted.</param>
    /// <param name="innerException">The error underneath.</param>
    public ImageRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
