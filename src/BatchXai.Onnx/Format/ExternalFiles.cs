using System.Globalization;

namespace BatchXai.Onnx.Format;

/// <summary>
/// The files beside a model that hold its weights (external data). Their names come from the model, so only plain files of the
/// model's own folder are opened: no folders, no links, no devices.
/// </summary>
/// <param name="folder">The model's folder.</param>
internal sealed class ExternalFiles(string folder)
{
    private static readonly char[] Forbidden = [.. Path.GetInvalidFileNameChars().Union(['/', '\\', '\0'])];

    private readonly Dictionary<string, MappedFile> files = [];

    /// <summary>Paths of the files opened so far.</summary>
    public IReadOnlyList<string> Opened => [.. files.Keys.Select(Resolve)];

    /// <summary>The bytes that a tensor's <c>external_data</c> entries name.</summary>
    /// <param name="tensor">Its name, for error messages.</param>
    /// <param name="entries">Keys and values as in the file.</param>
    /// <param name="expected">Bytes that the shape takes.</param>
    public ReadOnlyMemory<byte> Read(string tensor, IReadOnlyDictionary<string, string> entries, long expected)
    {
        var location = entries.GetValueOrDefault("location", "");
        if (location is "" or "." or ".." || location.IndexOfAny(Forbidden) >= 0)
        {
            throw Refused(tensor, location, "the location is not the plain name of a file; all files of a model lie in one folder");
        }

        var offset = Number("offset", 0);
        var length = Number("length", expected);
        if (length != expected)
        {
            throw Refused(tensor, location, $"{length} bytes are given and the shape takes {expected}");
        }

        if (expected > int.MaxValue)
        {
            throw Refused(tensor, location, $"{expected} bytes are more than the {int.MaxValue} that one tensor may have");
        }

        var file = Open(tensor, location);
        return offset <= file.Length - expected
            ? file.Slice(offset, (int)expected)
            : throw Refused(tensor, location, $"bytes {offset} to {(ulong)offset + (ulong)expected} are wanted and the file has {file.Length}; it is truncated or belongs to another model");

        long Number(string key, long otherwise)
        {
            var text = entries.GetValueOrDefault(key, "");
            return text.Length == 0 ? otherwise
                : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
                : throw Refused(tensor, location, $"the {key} '{text}' is not a number");
        }
    }

    private MappedFile Open(string tensor, string location)
    {
        if (files.TryGetValue(location, out var known))
        {
            return known;
        }

        try
        {
            return files[location] = MappedFile.Open(Resolve(location), plainOnly: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OnnxFormatException(Refused(tensor, location, error.Message).Message, error);
        }
    }

    private string Resolve(string location) => Path.Combine(folder, location);

    private static OnnxFormatException Refused(string tensor, string location, string why)
        => new($"Tensor '{tensor}' is kept in another file, '{location}' (external data), which cannot be used: {why}.");
}
