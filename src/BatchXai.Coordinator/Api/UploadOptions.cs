using System.Globalization;
using BatchXai.Contracts;
using Microsoft.Extensions.Configuration;

namespace BatchXai.Coordinator.Api;

/// <summary>What may be uploaded.</summary>
/// <param name="MaxBytes">Largest file.</param>
internal sealed record UploadOptions(long MaxBytes)
{
    private const string Setting = "Uploads:MaxGiB";
    private const double Default = 8;

    /// <summary>Reads the setting.</summary>
    /// <exception cref="UserErrorException">It is no size.</exception>
    public static UploadOptions Read(IConfiguration configuration)
    {
        var text = configuration[Setting] is { Length: > 0 } given ? given : Default.ToString(CultureInfo.InvariantCulture);
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var size) && size is > 0 and <= 1_024
            ? new((long)(size * (1L << 30)))
            : throw new UserErrorException($"{Setting} is '{text}': expected a size in GiB above 0, up to 1024.");
    }
}
